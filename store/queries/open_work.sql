-- All that waits for a trainer, whatever the hub: trainees, requests that name them, forms they began, harm they saw that is
-- not settled, and sign-offs of theirs that want a countersignature. What was handed over waits for them no more.
-- record: none
-- right: none
-- reach: system
WITH change AS (
  SELECT a.target_no, a.change FROM amendment a WHERE a.org_id = $org_no
),
gone AS (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'ended', 'revoked')),
handed AS (
  SELECT w.target_no FROM work_handed_over w WHERE w.org_id = $org_no AND w.from_no = $trainer_no
),
watched AS (
  SELECT o.person_no, o.programme_no, o.checklist_no, o.setting, max(o.occurred_at) AS last_at
  FROM observation_opened o
  WHERE o.org_id = $org_no AND o.relation = 'trainer' AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
    AND o.person_no IN (SELECT q.person_no FROM observation_request q WHERE q.org_id = $org_no AND q.asked_no = $trainer_no)
  GROUP BY o.person_no, o.programme_no, o.checklist_no, o.setting
),
held AS (
  SELECT h.fact_no, h.person_no, h.programme_no, h.day, h.actor_no, h.observation_no
  FROM hold h
  WHERE h.org_id = $org_no
    AND h.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'ended', 'lifted'))
),
work AS (
  SELECT 'trainee' AS kind, 1 AS place, m.fact_no, m.person_no, m.day, CAST(NULL AS INTEGER) AS programme_no
  FROM assignment m
  WHERE m.org_id = $org_no AND m.trainer_no = $trainer_no AND m.fact_no NOT IN (SELECT g.target_no FROM gone g)
  UNION ALL
  SELECT 'request' AS kind, 2 AS place, q.fact_no, q.person_no, q.day, q.programme_no
  FROM observation_request q
  LEFT JOIN watched w ON w.person_no = q.person_no AND w.programme_no = q.programme_no
       AND w.checklist_no = q.checklist_no AND w.setting = q.setting
  WHERE q.org_id = $org_no AND q.asked_no = $trainer_no AND (w.last_at IS NULL OR w.last_at < q.occurred_at)
    AND q.fact_no NOT IN (SELECT g.target_no FROM gone g)
  UNION ALL
  SELECT 'form' AS kind, 3 AS place, o.fact_no, o.person_no, o.day, o.programme_no
  FROM observation_opened o
  LEFT JOIN observation d ON d.org_id = o.org_id AND d.person_no = o.person_no AND d.opened_no = o.fact_no
  WHERE o.org_id = $org_no AND o.actor_no = $trainer_no AND o.relation = 'trainer' AND d.fact_no IS NULL
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
  UNION ALL
  SELECT 'hold' AS kind, 4 AS place, h.fact_no, h.person_no, h.day, h.programme_no
  FROM held h
  WHERE h.actor_no = $trainer_no AND h.fact_no NOT IN (SELECT x.target_no FROM handed x)
  UNION ALL
  SELECT 'debrief' AS kind, 5 AS place, o.fact_no, o.person_no, o.day, o.programme_no
  FROM observation o
  LEFT JOIN debrief d ON d.org_id = o.org_id AND d.person_no = o.person_no AND d.observation_no = o.fact_no
  WHERE o.org_id = $org_no AND o.actor_no = $trainer_no AND o.relation = 'trainer' AND o.critical_unhelpful > 0
    AND d.fact_no IS NULL
    AND o.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'harm_resolved'))
    AND o.fact_no NOT IN (SELECT h.observation_no FROM held h)
    AND o.fact_no NOT IN (SELECT x.target_no FROM handed x)
  UNION ALL
  SELECT 'countersign' AS kind, 6 AS place, s.fact_no, s.person_no, s.day, s.programme_no
  FROM sign_off s
  LEFT JOIN countersign k ON k.org_id = s.org_id AND k.person_no = s.person_no AND k.sign_off_no = s.fact_no
  WHERE s.org_id = $org_no AND s.actor_no = $trainer_no AND s.is_granted AND s.needs_countersign AND k.fact_no IS NULL
    AND CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) >= $today
    AND s.fact_no NOT IN (SELECT g.target_no FROM gone g)
    AND s.fact_no NOT IN (SELECT x.target_no FROM handed x)
)
SELECT k.kind, f.fact_id, k.person_no, k.day AS since, t.term AS programme_id
FROM work k
JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = k.fact_no
LEFT JOIN term t ON t.term_no = k.programme_no
ORDER BY k.person_no, k.place, k.fact_no
