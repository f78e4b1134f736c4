-- The counting attempts in force whose form holds an item.
-- record: none
-- right: none
-- reach: system
SELECT t.fact_no
FROM attempt t
WHERE t.org_id = $org_no AND t.programme_no = $programme_no AND t.counts
  AND t.fact_no IN (SELECT i.fact_no FROM attempt_item i WHERE i.org_id = $org_no AND i.item_no = $item_no)
  AND t.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
  )
ORDER BY t.fact_no
