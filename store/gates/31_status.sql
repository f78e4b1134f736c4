-- Where each person stands. Software says "ready for decision"; only the sign-off of a person says "signed off".
blocked AS (
  SELECT DISTINCT v.person_no FROM verdict v WHERE v.severity = 'block' AND v.state IN ('not_met', 'not_computable')
),
trained AS (
  SELECT DISTINCT m.person_no
  FROM module_progress m
  WHERE m.org_id = $org_no AND m.person_no BETWEEN $person_from AND $person_to AND m.programme_no = $programme_no
    AND m.occurred_at <= $as_of AND m.recorded_at <= $known_at
    AND m.fact_no NOT IN (SELECT g.target_no FROM gone g)
  UNION ALL
  SELECT DISTINCT a.person_no
  FROM attempt a
  WHERE a.org_id = $org_no AND a.person_no BETWEEN $person_from AND $person_to AND a.programme_no = $programme_no
    AND a.occurred_at <= $as_of AND a.recorded_at <= $known_at
    AND a.fact_no NOT IN (SELECT g.target_no FROM gone g)
  UNION ALL
  SELECT DISTINCT d.person_no
  FROM attendance d
  WHERE d.org_id = $org_no AND d.person_no BETWEEN $person_from AND $person_to AND d.programme_no = $programme_no
    AND d.occurred_at <= $as_of AND d.recorded_at <= $known_at
    AND d.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
-- The last change of a person's time since the enrolment in force: each enrolment starts the clock anew.
clock AS (
  SELECT c.person_no, c.change, c.day
  FROM (
    SELECT p.person_no, p.change, p.day,
           row_number() OVER (PARTITION BY p.person_no ORDER BY p.occurred_at DESC, p.fact_no DESC) AS newness
    FROM enrolled e
    JOIN pause p ON p.person_no = e.person_no
    WHERE p.org_id = $org_no AND p.person_no BETWEEN $person_from AND $person_to AND p.programme_no = $programme_no
      AND (p.occurred_at > e.enrolled_at OR (p.occurred_at = e.enrolled_at AND p.fact_no > e.enrolment_no))
      AND p.occurred_at <= $as_of AND p.recorded_at <= $known_at
      AND p.fact_no NOT IN (SELECT g.target_no FROM gone g)
  ) c
  WHERE c.newness = 1
),
held_back AS (
  SELECT h.person_no, min(h.day) AS hold_since
  FROM hold h
  WHERE h.org_id = $org_no AND h.person_no BETWEEN $person_from AND $person_to AND h.programme_no = $programme_no
    AND h.occurred_at <= $as_of AND h.recorded_at <= $known_at
    AND h.fact_no NOT IN (SELECT g.target_no FROM gone g)
    AND h.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change = 'lifted')
  GROUP BY h.person_no
),
-- Of revoking a sign-off and restoring it, the newer one holds.
revoked AS (
  SELECT r.target_no
  FROM (
    SELECT c.target_no, c.change,
           row_number() OVER (PARTITION BY c.target_no ORDER BY c.occurred_at DESC, c.fact_no DESC) AS newness
    FROM change c
    WHERE c.change IN ('revoked', 'restored')
  ) r
  WHERE r.newness = 1 AND r.change = 'revoked'
),
-- The newest sign-off of the person's role that is complete: granted and, where that is asked for, countersigned.
signed AS (
  SELECT d.person_no,
         CASE WHEN NOT d.is_revoked THEN d.valid_until END AS valid_until,
         d.is_revoked
  FROM (
    SELECT s.person_no, CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) AS valid_until,
           (s.fact_no IN (SELECT v.target_no FROM revoked v)) AS is_revoked,
           row_number() OVER (PARTITION BY s.person_no ORDER BY s.occurred_at DESC, s.fact_no DESC) AS newness
    FROM enrolled e
    JOIN sign_off s ON s.person_no = e.person_no AND s.role_no = e.role_no
    WHERE s.org_id = $org_no AND s.person_no BETWEEN $person_from AND $person_to AND s.programme_no = $programme_no
      AND s.is_granted
      AND s.occurred_at <= $as_of AND s.recorded_at <= $known_at
      AND s.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'ended'))
      AND (NOT s.needs_countersign OR s.fact_no IN (
        SELECT k.sign_off_no
        FROM countersign k
        WHERE k.org_id = $org_no AND k.person_no BETWEEN $person_from AND $person_to
          AND k.occurred_at <= $as_of AND k.recorded_at <= $known_at
          AND k.fact_no NOT IN (SELECT g.target_no FROM gone g)
      ))
  ) d
  WHERE d.newness = 1
),
standing AS (
  SELECT e.person_no, e.role_no, e.cohort_no, e.version_no, f.valid_until, b.hold_since,
         CASE WHEN c.change = 'withdrawn' THEN 'withdrawn'
              WHEN c.change = 'paused' THEN 'paused'
              WHEN b.hold_since IS NOT NULL THEN 'on_hold'
              WHEN f.is_revoked THEN 'revoked'
              WHEN f.valid_until < $as_of_day THEN 'lapsed'
              WHEN f.valid_until IS NOT NULL AND e.person_no IN (SELECT k.person_no FROM blocked k) THEN 'lapsed'
              WHEN f.valid_until - q.due_soon_days <= $as_of_day THEN 'due_soon'
              WHEN f.valid_until IS NOT NULL THEN 'signed_off'
              WHEN e.person_no NOT IN (SELECT k.person_no FROM blocked k) THEN 'ready_for_decision'
              WHEN e.person_no IN (SELECT DISTINCT o.person_no FROM observed o WHERE o.is_eligible) THEN 'practising'
              WHEN e.person_no IN (SELECT t.person_no FROM trained t) THEN 'in_training'
              ELSE 'not_started' END AS status
  FROM enrolled e
  JOIN role_rule q
    ON q.org_id = $org_no AND q.programme_no = $programme_no AND q.version_no = e.version_no AND q.role_no = e.role_no
  LEFT JOIN clock c ON c.person_no = e.person_no
  LEFT JOIN held_back b ON b.person_no = e.person_no
  LEFT JOIN signed f ON f.person_no = e.person_no
)
