-- Which observations count: read by the gates of supervised practice.

-- Two trainers of one performance, two levels apart in any competency: neither counts, but for the adjudicated one. The code
-- of the session says that it is one performance; without a code nothing is compared. A performance that two have rated is
-- named by its first observation: one number instead of a person, a text and a checklist.
rated_twice AS (
  SELECT o.person_no, o.session_code, o.checklist_no, min(o.fact_no) AS performance_no
  FROM observed o
  WHERE o.is_eligible AND o.session_code <> ''
  GROUP BY o.person_no, o.session_code, o.checklist_no
  HAVING min(o.actor_no) <> max(o.actor_no)
),
compared AS (
  SELECT w.performance_no, t.competency_no, o.fact_no, o.actor_no, min(t.level) AS level
  FROM observed o
  JOIN rated_twice w
    ON w.person_no = o.person_no AND w.session_code = o.session_code AND w.checklist_no = o.checklist_no
  JOIN rating t ON t.fact_no = o.fact_no
  WHERE o.is_eligible AND t.org_id = $org_no AND t.person_no BETWEEN $person_from AND $person_to AND t.level IS NOT NULL
  GROUP BY w.performance_no, t.competency_no, o.fact_no, o.actor_no
),
contested AS (
  SELECT DISTINCT a.fact_no
  FROM compared a
  JOIN compared b
    ON b.performance_no = a.performance_no AND b.competency_no = a.competency_no AND b.actor_no <> a.actor_no
  WHERE abs(a.level - b.level) >= 2
    AND a.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change = 'adjudicated')
),
settled AS (
  SELECT o.*
  FROM observed o
  WHERE o.is_eligible AND o.fact_no NOT IN (SELECT c.fact_no FROM contested c)
),

-- When the observer had last passed a calibration, for each day on which they observed. The range of persons is left out
-- on purpose: calibrations and what was changed about them are the observer's.
calibrated AS (
  SELECT w.actor_no, w.day, max(CASE WHEN c.is_passed AND c.day <= w.day THEN c.day END) AS passed_on
  FROM (SELECT DISTINCT s.actor_no, s.day FROM settled s) w
  JOIN calibration c ON c.person_no = w.actor_no
  WHERE c.org_id = $org_no AND c.programme_no = $programme_no
    AND c.occurred_at <= $as_of AND c.recorded_at <= $known_at
    AND c.fact_no NOT IN (
      SELECT m.target_no FROM amendment m
      WHERE m.org_id = $org_no AND m.recorded_at <= $known_at
        AND (m.change IN ('void', 'replaced') OR (m.change IN ('revoked', 'ended') AND m.occurred_at <= $as_of))
    )
  GROUP BY w.actor_no, w.day
),
assessor_rule AS (
  SELECT r.version_no, r.role_no, min(r.months) AS months
  FROM gate_rule r
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'assessor'
  GROUP BY r.version_no, r.role_no
),
judged AS (
  SELECT s.*, k.passed_on, (k.actor_no IS NULL) AS is_observer_unknown,
         (q.months IS NULL
          OR coalesce(s.day <= CAST(k.passed_on + q.months * INTERVAL '1 month' AS DATE), FALSE)) AS is_counted
  FROM settled s
  LEFT JOIN assessor_rule q ON q.version_no = s.version_no AND q.role_no = s.role_no
  LEFT JOIN calibrated k ON k.actor_no = s.actor_no AND k.day = s.day
),
counted AS (SELECT j.* FROM judged j WHERE j.is_counted)
