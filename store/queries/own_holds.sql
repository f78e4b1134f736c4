-- The open holds of the acting person: that practice is on hold and since when, never why.
-- record: hold
-- right: see_status
-- reach: own
SELECT min(h.day) AS since, count(*) AS n
FROM hold h
WHERE h.org_id = $org_no AND h.person_no = $actor_no
  AND h.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.change IN ('void', 'replaced', 'lifted')
  )
