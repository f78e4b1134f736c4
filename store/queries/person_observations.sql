-- The submitted observations of a person in a programme, newest first, with what the person said to each.
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
)
SELECT f.fact_id, b.fact_id AS opened_id, o.occurred_at, o.day, c.term AS checklist_id, o.setting, o.stage, s.term AS scenario_id,
       o.session_code, o.relation, o.counts, o.pct, o.min_level, o.is_passed, o.critical_unhelpful, o.global_rating,
       o.entrustment, o.seconds, o.version_no, o.actor_no AS rater_no,
       coalesce(p.name, 'Person ' || o.actor_no) AS rater_name,
       coalesce(strength.text, '') AS strength, coalesce(step.text, '') AS next_step,
       a.agrees, v.target_no IS NOT NULL AS is_void,
       o.fact_no IN (SELECT k.target_no FROM struck k) AS is_struck
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
WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.programme_no = $programme_no
ORDER BY o.occurred_at DESC, o.fact_no DESC
