-- Who stands by the acting person: their trainers, and the co-ordinators of the hubs in which they train.
-- record: none
-- right: none
-- reach: own
-- with: ended
WITH place AS (
  SELECT h.hub_no
  FROM (
    SELECT e.cohort_no,
           row_number() OVER (PARTITION BY e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
    FROM enrolment e
    WHERE e.org_id = $org_no AND e.person_no = $actor_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
  ) n
  JOIN cohort_opened h ON h.org_id = $org_no AND h.cohort_no = n.cohort_no
  WHERE n.newest = 1
),
stands_by AS (
  SELECT a.trainer_no AS supporter_no, 'trainer' AS office
  FROM assignment a
  WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.fact_no NOT IN (SELECT g.target_no FROM ended g)
  UNION
  SELECT o.person_no AS supporter_no, o.office
  FROM office_grant o
  WHERE o.org_id = $org_no AND o.office = 'coordinator' AND o.hub_no IN (SELECT l.hub_no FROM place l)
    AND o.person_no <> $actor_no AND (o.until_on IS NULL OR o.until_on >= $today)
    AND o.fact_no NOT IN (SELECT g.target_no FROM ended g)
)
SELECT s.supporter_no, s.office, coalesce(p.name, 'Person ' || s.supporter_no) AS name
FROM stands_by s
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = s.supporter_no
ORDER BY s.office DESC, name, s.supporter_no
