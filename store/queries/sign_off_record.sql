-- The record of one sign-off for whoever holds its code, a row for each activity: what was decided, when, and what became
-- of it. It names nobody. `code_from` and `code_to` are the ids that the code may stand for.
-- record: none
-- right: none
-- reach: system
WITH asked AS (
  SELECT s.fact_no, s.person_no, s.programme_no, s.role_no, s.version_no, s.is_granted, s.valid_months,
         s.needs_countersign, s.evidence_hash, s.day, s.occurred_at, f.fact_id
  FROM sign_off s
  JOIN fact_key f ON f.org_id = s.org_id AND f.fact_no = s.fact_no
  WHERE s.org_id = $org_no AND f.fact_id BETWEEN $code_from AND $code_to
    AND s.fact_no NOT IN (
      SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
    )
),
change AS (
  SELECT a.target_no, a.change, a.day, a.occurred_at, a.fact_no
  FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no IN (SELECT q.person_no FROM asked q)
),
revoked AS (
  SELECT r.target_no, r.day
  FROM (
    SELECT c.target_no, c.change, c.day,
           row_number() OVER (PARTITION BY c.target_no ORDER BY c.occurred_at DESC, c.fact_no DESC) AS newness
    FROM change c
    WHERE c.change IN ('revoked', 'restored')
  ) r
  WHERE r.newness = 1 AND r.change = 'revoked'
),
later AS (
  SELECT q.fact_no, min(coalesce(k.day, n.day)) AS day
  FROM asked q
  JOIN sign_off n ON n.org_id = $org_no AND n.person_no = q.person_no AND n.programme_no = q.programme_no
   AND n.role_no = q.role_no AND n.is_granted
   AND (n.occurred_at > q.occurred_at OR (n.occurred_at = q.occurred_at AND n.fact_no > q.fact_no))
  LEFT JOIN countersign k ON k.org_id = $org_no AND k.person_no = n.person_no AND k.sign_off_no = n.fact_no
  WHERE (NOT n.needs_countersign OR k.fact_no IS NOT NULL)
    AND n.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'ended'))
  GROUP BY q.fact_no
)
SELECT q.fact_id, g.term AS programme_id, r.term AS role_id, q.version_no, q.is_granted, q.valid_months,
       q.needs_countersign, q.evidence_hash, q.day AS decided_on, k.day AS countersigned_on, v.day AS revoked_on,
       e.day AS set_aside_on, n.day AS replaced_on, t.term AS activity_id, l.level
FROM asked q
JOIN term g ON g.term_no = q.programme_no
JOIN term r ON r.term_no = q.role_no
LEFT JOIN countersign k ON k.org_id = $org_no AND k.person_no = q.person_no AND k.sign_off_no = q.fact_no
LEFT JOIN revoked v ON v.target_no = q.fact_no
LEFT JOIN change e ON e.target_no = q.fact_no AND e.change = 'ended'
LEFT JOIN later n ON n.fact_no = q.fact_no
LEFT JOIN sign_off_level l ON l.org_id = $org_no AND l.person_no = q.person_no AND l.fact_no = q.fact_no
LEFT JOIN term t ON t.term_no = l.activity_no
ORDER BY l.position
