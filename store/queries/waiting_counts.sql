-- How many things wait for each person: meetings to answer or to close, people to contact, people who ask to be watched.
-- For a line in an e-mail that says nothing else.
-- record: none
-- right: none
-- reach: system
-- with: undone, ended
WITH answered AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'acknowledged', 'ended')
),
assigned AS (
  SELECT DISTINCT m.person_no, m.trainer_no
  FROM assignment m
  WHERE m.org_id = $org_no AND m.person_no <> m.trainer_no AND m.fact_no NOT IN (SELECT e.target_no FROM ended e)
),
meeting AS (
  SELECT m.person_no, m.supervisor_no, m.meets_on, b.fact_no IS NOT NULL AS is_booked
  FROM meeting_offered m
  LEFT JOIN (
    SELECT o.meeting_no, o.fact_no FROM meeting_booked o
    WHERE o.org_id = $org_no AND o.fact_no NOT IN (SELECT g.target_no FROM undone g)
  ) b ON b.meeting_no = m.fact_no
  WHERE m.org_id = $org_no AND m.fact_no NOT IN (SELECT g.target_no FROM undone g)
    AND m.fact_no NOT IN (
      SELECT c.meeting_no FROM meeting_ended c
      WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
    )
),
thing AS (
  SELECT m.person_no FROM meeting m WHERE NOT m.is_booked AND m.meets_on >= $today
  UNION ALL
  SELECT m.supervisor_no AS person_no
  FROM meeting m
  JOIN assigned a ON a.person_no = m.person_no AND a.trainer_no = m.supervisor_no
  WHERE m.meets_on < $today
  UNION ALL
  SELECT a.trainer_no AS person_no
  FROM contact_asked c
  JOIN assigned a ON a.person_no = c.person_no AND (c.asked_no IS NULL OR c.asked_no = a.trainer_no)
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT d.target_no FROM answered d)
  UNION ALL
  SELECT a.trainer_no AS person_no
  FROM observation_request q
  JOIN assigned a ON a.person_no = q.person_no AND (q.asked_no IS NULL OR q.asked_no = a.trainer_no)
  WHERE q.org_id = $org_no AND q.fact_no NOT IN (SELECT g.target_no FROM undone g)
    AND NOT EXISTS (
      SELECT 1 FROM observation_opened o
      WHERE o.org_id = q.org_id AND o.person_no = q.person_no AND o.programme_no = q.programme_no
        AND o.checklist_no = q.checklist_no AND o.setting = q.setting AND o.relation = 'trainer'
        AND o.occurred_at >= q.occurred_at
    )
)
SELECT p.person_no, p.login, count(*) AS n_things
FROM thing t
JOIN person_private p ON p.org_id = $org_no AND p.person_no = t.person_no
GROUP BY p.person_no, p.login
ORDER BY p.login
