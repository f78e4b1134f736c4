-- What stands in the register of one taught session for the acting trainer's trainees: the newest entry in force of each.
-- record: supervision
-- right: see
-- reach: assigned
-- with: ended, mine
SELECT n.person_no, n.presence, n.minutes, n.day
FROM (
  SELECT t.person_no, t.presence, t.minutes, t.day,
         row_number() OVER (PARTITION BY t.person_no ORDER BY t.fact_no DESC) AS newest
  FROM attendance t
  JOIN mine m ON m.person_no = t.person_no
  WHERE t.org_id = $org_no AND t.programme_no = $programme_no AND t.session_no = $session_no
    AND t.fact_no NOT IN (SELECT e.target_no FROM ended e)
) n
WHERE n.newest = 1
ORDER BY n.person_no
