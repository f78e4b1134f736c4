-- Who trains with the acting person: the names of all others who are in the programme at the same hub now.
-- record: none
-- right: none
-- reach: own
-- with: ended
WITH clock AS (
  SELECT k.person_no, k.change, k.occurred_at,
         row_number() OVER (PARTITION BY k.person_no ORDER BY k.occurred_at DESC, k.fact_no DESC) AS newest
  FROM pause k
  WHERE k.org_id = $org_no AND k.programme_no = $programme_no AND k.fact_no NOT IN (SELECT g.target_no FROM ended g)
),
enrolled AS (
  SELECT e.person_no, e.cohort_no, e.occurred_at,
         row_number() OVER (PARTITION BY e.person_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.programme_no = $programme_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
),
here AS (
  SELECT n.person_no, c.hub_no
  FROM enrolled n
  JOIN cohort_opened c ON c.org_id = $org_no AND c.cohort_no = n.cohort_no
  LEFT JOIN clock k ON k.person_no = n.person_no AND k.newest = 1 AND k.occurred_at >= n.occurred_at
  WHERE n.newest = 1 AND coalesce(k.change, 'resumed') <> 'withdrawn'
)
SELECT DISTINCT h.person_no, coalesce(p.name, 'Person ' || h.person_no) AS name
FROM here h
JOIN here mine ON mine.hub_no = h.hub_no AND mine.person_no = $actor_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = h.person_no
WHERE h.person_no <> $actor_no
ORDER BY name, h.person_no
