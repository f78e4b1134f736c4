-- The hubs in which the acting person holds an office; all of them for an office that reaches all hubs.
-- record: none
-- right: none
-- reach: own
WITH held AS (
  SELECT g.hub_no, g.record_no
  FROM office_grant g
  WHERE g.org_id = $org_no AND g.person_no = $actor_no AND (g.until_on IS NULL OR g.until_on >= $today)
    AND g.fact_no NOT IN (
      SELECT a.target_no FROM amendment a
      WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.change IN ('void', 'replaced', 'ended')
    )
)
SELECT t.term AS hub_id, h.title
FROM hub_opened h
JOIN term t ON t.term_no = h.hub_no
WHERE h.org_id = $org_no
  AND (
    h.hub_no IN (SELECT o.hub_no FROM held o WHERE o.hub_no IS NOT NULL)
    OR EXISTS (SELECT 1 FROM held o WHERE o.hub_no IS NULL AND o.record_no IS NULL)
  )
  AND h.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
  )
ORDER BY h.title, t.term
