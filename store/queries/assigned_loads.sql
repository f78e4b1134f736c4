-- The two newest check-ins of each of the acting trainer's trainees who lets them be told, with when they last met a
-- supervisor: what is high is for the programme to say.
-- record: wellbeing
-- right: see
-- reach: assigned
-- with: ended, mine
WITH chosen AS (
  SELECT c.person_no, c.tells_supervisor,
         row_number() OVER (PARTITION BY c.person_no ORDER BY c.occurred_at DESC, c.fact_no DESC) AS newest
  FROM check_in_choice c
  JOIN mine m ON m.person_no = c.person_no
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT e.target_no FROM ended e)
),
entry AS (
  SELECT w.person_no, w.level, w.recorded_at,
         row_number() OVER (PARTITION BY w.person_no ORDER BY w.recorded_at DESC, w.entry_id DESC) AS newest
  FROM wellbeing w
  JOIN mine m ON m.person_no = w.person_no
  WHERE w.org_id = $org_no
),
met AS (
  SELECT s.person_no, max(s.occurred_at) AS last_at
  FROM supervision s
  JOIN mine m ON m.person_no = s.person_no
  WHERE s.org_id = $org_no AND s.fact_no NOT IN (SELECT e.target_no FROM ended e)
  GROUP BY s.person_no
)
SELECT c.person_no, coalesce(p.name, 'Person ' || c.person_no) AS name, a.level AS level, b.level AS level_before,
       a.recorded_at, t.last_at AS met_at
FROM chosen c
JOIN entry a ON a.person_no = c.person_no AND a.newest = 1
JOIN entry b ON b.person_no = c.person_no AND b.newest = 2
LEFT JOIN met t ON t.person_no = c.person_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = c.person_no
WHERE c.newest = 1 AND c.tells_supervisor
ORDER BY a.recorded_at, c.person_no
