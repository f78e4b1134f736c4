-- The acting person's trainers.
-- record: none
-- right: none
-- reach: own
SELECT DISTINCT a.trainer_no, coalesce(p.name, 'Person ' || a.trainer_no) AS name
FROM assignment a
LEFT JOIN person_private p ON p.org_id = a.org_id AND p.person_no = a.trainer_no
WHERE a.org_id = $org_no AND a.person_no = $actor_no
  AND a.fact_no NOT IN (
    SELECT d.target_no FROM amendment d
    WHERE d.org_id = $org_no AND d.person_no = $actor_no AND d.change IN ('void', 'replaced', 'ended')
  )
ORDER BY name, a.trainer_no
