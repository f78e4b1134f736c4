-- The submitted observations of a person in a programme, newest first, with what the person said to each, and whether two
-- trainers saw the same performance two levels apart.
-- record: observation
-- right: see
-- reach: person
WITH void AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
),
struck AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change = 'revoked'
),
answered AS (
  SELECT k.target_no, k.agrees, row_number() OVER (PARTITION BY k.target_no ORDER BY k.occurred_at DESC, k.fact_no DESC) AS newest
  FROM acknowledgement k
  WHERE k.org_id = $org_no AND k.person_no = $person_no
),
chosen AS (
  SELECT a.target_no, a.day, a.actor_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change = 'adjudicated'
    AND a.target_no NOT IN (SELECT v.target_no FROM void v)
),
settled AS (
  SELECT o.checklist_no, o.session_code, min(c.day) AS day, min(c.actor_no) AS by_no
  FROM observation o
  JOIN chosen c ON c.target_no = o.fact_no
  WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.programme_no = $programme_no
  GROUP BY o.checklist_no, o.session_code
),
compared AS (
  SELECT o.fact_no, o.checklist_no, o.session_code, o.actor_no, t.competency_no, min(t.level) AS level
  FROM observation o
  JOIN rating t ON t.org_id = o.org_id AND t.fact_no = o.fact_no AND t.person_no = $person_no
  WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.programme_no = $programme_no
    AND o.counts AND o.relation = 'trainer' AND o.session_code <> '' AND t.level IS NOT NULL
    AND o.fact_no NOT IN (SELECT v.target_no FROM void v) AND o.fact_no NOT IN (SELECT k.target_no FROM struck k)
  GROUP BY o.fact_no, o.checklist_no, o.session_code, o.actor_no, t.competency_no
),
apart AS (
  SELECT DISTINCT a.fact_no
  FROM compared a
  JOIN compared b
    ON b.checklist_no = a.checklist_no AND b.session_code = a.session_code AND b.competency_no = a.competency_no
   AND b.actor_no <> a.actor_no
  WHERE abs(a.level - b.level) >= 2
),
ended AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced', 'ended')
),
-- Performances of which the acting trainer has a form that is not submitted: until then they are blind to the others' ratings.
mine AS (
  SELECT w.checklist_no, w.session_code
  FROM observation_opened w
  LEFT JOIN observation d ON d.org_id = w.org_id AND d.person_no = w.person_no AND d.opened_no = w.fact_no
  WHERE w.org_id = $org_no AND w.person_no = $person_no AND w.programme_no = $programme_no AND w.actor_no = $actor_no
    AND w.relation = 'trainer' AND w.session_code <> '' AND d.fact_no IS NULL
    AND w.fact_no NOT IN (SELECT e.target_no FROM ended e)
)
SELECT f.fact_id, b.fact_id AS opened_id, o.occurred_at, o.day, c.term AS checklist_id, o.setting, o.stage, s.term AS scenario_id,
       o.session_code, o.relation, o.counts, o.pct, o.min_level, o.is_passed, o.critical_unhelpful, o.global_rating,
       o.entrustment, o.seconds, o.version_no, o.actor_no AS rater_no,
       coalesce(p.name, 'Person ' || o.actor_no) AS rater_name,
       coalesce(strength.text, '') AS strength, coalesce(step.text, '') AS next_step,
       a.agrees, v.target_no IS NOT NULL AS is_void,
       o.fact_no IN (SELECT k.target_no FROM struck k) AS is_struck,
       o.fact_no IN (SELECT x.fact_no FROM apart x) AS is_contested,
       o.fact_no IN (SELECT c.target_no FROM chosen c) AS is_chosen,
       n.day AS settled_on, coalesce(q.name, 'Person ' || n.by_no) AS settled_by
FROM observation o
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN fact_key b ON b.org_id = o.org_id AND b.fact_no = o.opened_no
JOIN term c ON c.term_no = o.checklist_no
LEFT JOIN term s ON s.term_no = o.scenario_no
LEFT JOIN person_private p ON p.org_id = o.org_id AND p.person_no = o.actor_no
LEFT JOIN private_text strength
       ON strength.org_id = o.org_id AND strength.fact_no = o.fact_no AND strength.field = 'strength'
LEFT JOIN private_text step ON step.org_id = o.org_id AND step.fact_no = o.fact_no AND step.field = 'next_step'
LEFT JOIN answered a ON a.target_no = o.fact_no AND a.newest = 1
LEFT JOIN void v ON v.target_no = o.fact_no
LEFT JOIN settled n ON n.checklist_no = o.checklist_no AND n.session_code = o.session_code AND o.relation = 'trainer'
LEFT JOIN person_private q ON q.org_id = o.org_id AND q.person_no = n.by_no
WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.programme_no = $programme_no
  AND (o.relation <> 'trainer' OR o.actor_no = $actor_no OR NOT EXISTS (
    SELECT 1 FROM mine m WHERE m.checklist_no = o.checklist_no AND m.session_code = o.session_code
  ))
ORDER BY o.occurred_at DESC, o.fact_no DESC
