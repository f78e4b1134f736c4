-- The acting trainer's trainees with the programme they train in and where they stand today.
-- record: readiness
-- right: see_status
-- reach: assigned
WITH ended AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
),
revoked AS (
  SELECT r.target_no
  FROM (
    SELECT a.target_no, a.change,
           row_number() OVER (PARTITION BY a.target_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
    FROM amendment a
    WHERE a.org_id = $org_no AND a.change IN ('revoked', 'restored')
  ) r
  WHERE r.newness = 1 AND r.change = 'revoked'
),
waiting AS (
  SELECT DISTINCT s.person_no, s.programme_no
  FROM sign_off s
  LEFT JOIN countersign c ON c.org_id = s.org_id AND c.sign_off_no = s.fact_no
  WHERE s.org_id = $org_no AND s.is_granted AND s.needs_countersign AND c.fact_no IS NULL
    AND CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) >= $today
    AND s.fact_no NOT IN (SELECT e.target_no FROM ended e)
    AND s.fact_no NOT IN (SELECT v.target_no FROM revoked v)
),
asked AS (
  SELECT k.person_no, k.programme_no, max(k.day) AS day
  FROM decision_asked k
  WHERE k.org_id = $org_no
    AND NOT EXISTS (
      SELECT 1 FROM sign_off d
      WHERE d.org_id = k.org_id AND d.person_no = k.person_no AND d.programme_no = k.programme_no
        AND d.occurred_at > k.occurred_at
    )
  GROUP BY k.person_no, k.programme_no
)
SELECT DISTINCT s.person_no, coalesce(p.name, 'Person ' || s.person_no) AS name, g.term AS programme_id,
       c.term AS cohort_id, r.term AS role_id, s.version_no, s.status, s.hold_since, s.valid_until,
       w.person_no IS NOT NULL AS waits_for_countersign, a.day AS asked_on
FROM assignment m
JOIN person_status s ON s.org_id = m.org_id AND s.person_no = m.person_no
JOIN term g ON g.term_no = s.programme_no
JOIN term c ON c.term_no = s.cohort_no
JOIN term r ON r.term_no = s.role_no
LEFT JOIN waiting w ON w.person_no = s.person_no AND w.programme_no = s.programme_no
LEFT JOIN asked a ON a.person_no = s.person_no AND a.programme_no = s.programme_no
LEFT JOIN person_private p ON p.org_id = s.org_id AND p.person_no = s.person_no
WHERE m.org_id = $org_no AND m.trainer_no = $actor_no AND m.person_no <> $actor_no
  AND m.fact_no NOT IN (SELECT e.target_no FROM ended e)
ORDER BY name, s.person_no, g.term
