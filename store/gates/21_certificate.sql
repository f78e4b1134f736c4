-- Outside certificates, valid through the earlier of their own expiry and so many months from issue, that day included. Months
-- are added to the day of issue, never taken from the day asked for: 29 February and 12 months are 28 February. A
-- certificate counts in every programme.
SELECT e.person_no, r.gate_no, r.part_no, 1 AS have, r.need, TRUE AS is_met, TRUE AS is_computable,
       array_agg(f.fact_no ORDER BY f.fact_no) AS evidence
FROM enrolled e
JOIN certificate f ON f.person_no = e.person_no
JOIN gate_rule r ON r.version_no = e.version_no AND r.role_no = e.role_no AND r.reference_no = f.certificate_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'certificate'
  AND f.org_id = $org_no AND f.person_no BETWEEN $person_from AND $person_to
  AND f.occurred_at <= $as_of AND f.recorded_at <= $known_at
  AND f.expires_on >= $as_of_day
  AND CAST(f.issued_on + r.months * INTERVAL '1 month' AS DATE) >= $as_of_day
  AND f.fact_no NOT IN (SELECT g.target_no FROM gone g)
GROUP BY e.person_no, r.gate_no, r.part_no, r.need
