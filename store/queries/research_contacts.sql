-- When some people asked to be contacted: answered after how many hours, open, or taken back.
-- record: none
-- right: none
-- reach: system
-- with: undone
WITH answer AS (
  SELECT a.target_no, a.change, a.occurred_at FROM amendment a
  WHERE a.org_id = $org_no AND a.change IN ('acknowledged', 'ended')
)
SELECT c.fact_no, c.person_no, c.day,
       CASE a.change WHEN 'acknowledged' THEN 'answered' WHEN 'ended' THEN 'taken_back' ELSE 'open' END AS state,
       CASE WHEN a.change = 'acknowledged'
            THEN CAST(EXTRACT(EPOCH FROM (a.occurred_at - c.occurred_at)) / 3600.0 AS DOUBLE PRECISION) END AS hours
FROM contact_asked c
LEFT JOIN answer a ON a.target_no = c.fact_no
WHERE c.org_id = $org_no AND c.programme_no = $programme_no AND c.person_no = ANY($among)
  AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY c.person_no, c.occurred_at, c.fact_no
