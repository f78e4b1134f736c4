-- The version of each programme that each hub has gone live with, the newest of each.
-- record: programme
-- right: see
-- reach: anywhere
SELECT g.term AS programme_id, h.term AS hub_id, n.version_no, n.day AS live_on
FROM (
  SELECT v.programme_no, v.hub_no, v.version_no, v.day,
         row_number() OVER (PARTITION BY v.programme_no, v.hub_no ORDER BY v.occurred_at DESC, v.fact_no DESC) AS newest
  FROM programme_activated v
  WHERE v.org_id = $org_no AND v.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
  )
) n
JOIN term g ON g.term_no = n.programme_no
JOIN term h ON h.term_no = n.hub_no
WHERE n.newest = 1
ORDER BY g.term, h.term
