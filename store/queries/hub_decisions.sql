-- Who in a hub is ready for decision, and who was signed and waits for the countersignature.
-- record: sign_off
-- right: countersign
-- reach: hub
WITH gone AS (
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
  SELECT s.person_no, s.programme_no, max(s.actor_no) AS signer_no
  FROM sign_off s
  LEFT JOIN countersign c ON c.org_id = s.org_id AND c.sign_off_no = s.fact_no
  WHERE s.org_id = $org_no AND s.is_granted AND s.needs_countersign AND c.fact_no IS NULL
    AND CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) >= $today
    AND s.fact_no NOT IN (SELECT g.target_no FROM gone g)
    AND s.fact_no NOT IN (SELECT v.target_no FROM revoked v)
  GROUP BY s.person_no, s.programme_no
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
SELECT t.person_no, coalesce(p.name, 'Person ' || t.person_no) AS name, r.term AS programme_id, t.status,
       w.person_no IS NOT NULL AS waits_for_countersign, w.signer_no, a.day AS asked_on
FROM person_status t
JOIN cohort_opened k ON k.org_id = t.org_id AND k.cohort_no = t.cohort_no
JOIN term r ON r.term_no = t.programme_no
LEFT JOIN waiting w ON w.person_no = t.person_no AND w.programme_no = t.programme_no
LEFT JOIN asked a ON a.person_no = t.person_no AND a.programme_no = t.programme_no
LEFT JOIN person_private p ON p.org_id = t.org_id AND p.person_no = t.person_no
WHERE t.org_id = $org_no AND k.hub_no = $hub_no
  AND (w.person_no IS NOT NULL OR t.status IN ('ready_for_decision', 'due_soon', 'lapsed', 'revoked', 'signed_off'))
ORDER BY w.person_no IS NULL, name, t.person_no
