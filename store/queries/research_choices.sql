-- What each person said last about research. Who was erased can take nothing back any more, and is left out.
-- record: none
-- right: none
-- reach: system
-- with: undone
SELECT w.person_no, w.agrees
FROM (
  SELECT c.person_no, c.agrees,
         row_number() OVER (PARTITION BY c.person_no ORDER BY c.occurred_at DESC, c.fact_no DESC) AS newness
  FROM research_choice c
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
) w
WHERE w.newness = 1
  AND w.person_no NOT IN (SELECT e.person_no FROM person_erased e WHERE e.org_id = $org_no)
ORDER BY w.person_no
