-- Who trains whom in a hub: the trainers given to those who train there.
-- record: people
-- right: see
-- reach: hub
WITH gone AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
),
enrolled AS (
  SELECT e.person_no, e.cohort_no,
         row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
SELECT f.fact_id AS assignment_id, m.person_no, m.trainer_no, coalesce(p.name, 'Person ' || m.trainer_no) AS trainer_name
FROM assignment m
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
LEFT JOIN person_private p ON p.org_id = m.org_id AND p.person_no = m.trainer_no
WHERE m.org_id = $org_no AND m.fact_no NOT IN (SELECT g.target_no FROM gone g)
  AND m.person_no IN (
    SELECT n.person_no
    FROM enrolled n
    JOIN cohort_opened c ON c.org_id = $org_no AND c.cohort_no = n.cohort_no
    WHERE n.newest = 1 AND c.hub_no = $hub_no
  )
ORDER BY m.person_no, trainer_name, m.fact_no
