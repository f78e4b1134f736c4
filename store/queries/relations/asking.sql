-- Who waits for a countersignature, and by whom they were signed; and who has asked for a decision since the last one.
waiting AS (
  SELECT s.person_no, s.programme_no, max(s.actor_no) AS signer_no
  FROM sign_off s
  LEFT JOIN countersign c ON c.org_id = s.org_id AND c.sign_off_no = s.fact_no
  WHERE s.org_id = $org_no AND s.is_granted AND s.needs_countersign AND c.fact_no IS NULL
    AND CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) >= $today
    AND s.fact_no NOT IN (SELECT g.target_no FROM ended g)
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
