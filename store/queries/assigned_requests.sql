-- What the acting trainer's trainees have asked to be watched at, oldest first; not what was asked of another trainer of
-- theirs, and nothing of those who have paused or left.
-- record: observation
-- right: write
-- reach: assigned
-- with: ended
WITH trained AS (
  SELECT t.person_no, t.trainer_no
  FROM assignment t
  WHERE t.org_id = $org_no AND t.fact_no NOT IN (SELECT e.target_no FROM ended e)
),
mine AS (
  SELECT DISTINCT m.person_no FROM trained m WHERE m.trainer_no = $actor_no AND m.person_no <> $actor_no
),
watched AS (
  SELECT o.person_no, o.programme_no, o.checklist_no, o.setting, max(o.occurred_at) AS last_at
  FROM observation_opened o
  JOIN mine m ON m.person_no = o.person_no
  WHERE o.org_id = $org_no AND o.relation = 'trainer' AND o.fact_no NOT IN (SELECT e.target_no FROM ended e)
  GROUP BY o.person_no, o.programme_no, o.checklist_no, o.setting
)
SELECT f.fact_id, q.person_no, coalesce(p.name, 'Person ' || q.person_no) AS name, q.occurred_at, g.term AS programme_id,
       c.term AS checklist_id, q.setting, coalesce(q.asked_no = $actor_no, FALSE) AS is_asked_of_me
FROM observation_request q
JOIN mine m ON m.person_no = q.person_no
JOIN fact_key f ON f.org_id = q.org_id AND f.fact_no = q.fact_no
JOIN term g ON g.term_no = q.programme_no
JOIN term c ON c.term_no = q.checklist_no
LEFT JOIN person_private p ON p.org_id = q.org_id AND p.person_no = q.person_no
LEFT JOIN watched w ON w.person_no = q.person_no AND w.programme_no = q.programme_no
     AND w.checklist_no = q.checklist_no AND w.setting = q.setting
WHERE q.org_id = $org_no
  AND (q.asked_no IS NULL OR q.asked_no = $actor_no OR NOT EXISTS (
    SELECT 1 FROM trained t WHERE t.person_no = q.person_no AND t.trainer_no = q.asked_no
  ))
  AND NOT EXISTS (
    SELECT 1 FROM person_status s
    WHERE s.org_id = q.org_id AND s.programme_no = q.programme_no AND s.person_no = q.person_no
      AND s.status IN ('paused', 'withdrawn')
  )
  AND (w.last_at IS NULL OR w.last_at < q.occurred_at)
  AND q.fact_no NOT IN (SELECT e.target_no FROM ended e)
ORDER BY q.occurred_at, q.fact_no
