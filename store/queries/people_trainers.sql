-- Who trains whom in a hub: the trainers given to those who train there.
-- record: people
-- right: see
-- reach: hub
-- with: gone, here
SELECT f.fact_id AS assignment_id, m.person_no, m.trainer_no, coalesce(p.name, 'Person ' || m.trainer_no) AS trainer_name
FROM assignment m
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
LEFT JOIN person_private p ON p.org_id = m.org_id AND p.person_no = m.trainer_no
WHERE m.org_id = $org_no AND m.fact_no NOT IN (SELECT g.target_no FROM gone g)
  AND m.person_no IN (SELECT h.person_no FROM here h)
ORDER BY m.person_no, trainer_name, m.fact_no
