-- The other hubs that run a programme in which the acting person trains.
-- record: none
-- right: none
-- reach: own
-- with: ended
WITH mine AS (
  SELECT e.programme_no, c.hub_no,
         row_number() OVER (PARTITION BY e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  JOIN cohort_opened c ON c.org_id = e.org_id AND c.cohort_no = e.cohort_no
  WHERE e.org_id = $org_no AND e.person_no = $actor_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
)
SELECT DISTINCT g.term AS programme_id, t.term AS hub_id, h.title
FROM mine m
JOIN programme_activated v ON v.org_id = $org_no AND v.programme_no = m.programme_no AND v.hub_no <> m.hub_no
JOIN hub_opened h ON h.org_id = $org_no AND h.hub_no = v.hub_no
JOIN term g ON g.term_no = m.programme_no
JOIN term t ON t.term_no = v.hub_no
WHERE m.newest = 1 AND v.fact_no NOT IN (SELECT x.target_no FROM ended x)
ORDER BY g.term, h.title, t.term
