-- The sign-offs of a person in a programme, newest first: who decided what, who countersigned, what ended it.
-- record: sign_off
-- right: see
-- reach: person
WITH ended AS (
  SELECT r.target_no, r.occurred_at AS revoked_at, r.reason
  FROM (
    SELECT a.target_no, a.change, a.occurred_at, a.reason,
           row_number() OVER (PARTITION BY a.target_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
    FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('revoked', 'restored')
  ) r
  WHERE r.newness = 1 AND r.change = 'revoked'
)
SELECT f.fact_id, s.occurred_at, s.day, r.term AS role_id, s.version_no, s.is_granted, s.valid_months,
       s.needs_countersign, s.evidence_hash, s.actor_no AS signer_no,
       coalesce(p.name, 'Person ' || s.actor_no) AS signer_name,
       c.day AS countersigned_on, coalesce(q.name, 'Person ' || c.actor_no) AS countersigner_name,
       e.revoked_at, e.reason AS revoke_reason, o.day AS set_aside_on
FROM sign_off s
JOIN fact_key f ON f.org_id = s.org_id AND f.fact_no = s.fact_no
JOIN term r ON r.term_no = s.role_no
LEFT JOIN person_private p ON p.org_id = s.org_id AND p.person_no = s.actor_no
LEFT JOIN countersign c ON c.org_id = s.org_id AND c.person_no = $person_no AND c.sign_off_no = s.fact_no
LEFT JOIN person_private q ON q.org_id = s.org_id AND q.person_no = c.actor_no
LEFT JOIN ended e ON e.target_no = s.fact_no
LEFT JOIN amendment o ON o.org_id = s.org_id AND o.person_no = $person_no AND o.target_no = s.fact_no AND o.change = 'ended'
WHERE s.org_id = $org_no AND s.person_no = $person_no AND s.programme_no = $programme_no
  AND s.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
  )
ORDER BY s.occurred_at DESC, s.fact_no DESC
