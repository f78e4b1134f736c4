-- The trainers to whom a person is assigned.
-- record: none
-- right: none
-- reach: system
SELECT DISTINCT s.trainer_no
FROM assignment s
WHERE s.org_id = $org_no AND s.person_no = $person_no
  AND s.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
  )
