-- Where one person stands in each programme, and who signed what waits for a countersignature.
-- record: sign_off
-- right: countersign
-- reach: person
WITH gone AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced', 'ended')
),
revoked AS (
  SELECT r.target_no
  FROM (
    SELECT a.target_no, a.change,
           row_number() OVER (PARTITION BY a.target_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
    FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('revoked', 'restored')
  ) r
  WHERE r.newness = 1 AND r.change = 'revoked'
),
waiting AS (
  SELECT s.programme_no, max(s.actor_no) AS signer_no
  FROM sign_off s
  LEFT JOIN countersign c ON c.org_id = s.org_id AND c.person_no = $person_no AND c.sign_off_no = s.fact_no
  WHERE s.org_id = $org_no AND s.person_no = $person_no AND s.is_granted AND s.needs_countersign AND c.fact_no IS NULL
    AND CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) >= $today
    AND s.fact_no NOT IN (SELECT g.target_no FROM gone g)
    AND s.fact_no NOT IN (SELECT v.target_no FROM revoked v)
  GROUP BY s.programme_no
)
SELECT t.person_no, coalesce(p.name, 'Person ' || t.person_no) AS name, r.term AS programme_id, t.status,
       w.programme_no IS NOT NULL AS waits_for_countersign, w.signer_no
FROM person_status t
JOIN term r ON r.term_no = t.programme_no
LEFT JOIN waiting w ON w.programme_no = t.programme_no
LEFT JOIN person_private p ON p.org_id = t.org_id AND p.person_no = t.person_no
WHERE t.org_id = $org_no AND t.person_no = $person_no
ORDER BY r.term
