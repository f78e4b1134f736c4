-- The best counting attempt on the blueprint reaches the pass mark: so any one does.
SELECT f.person_no, r.gate_no, r.part_no, 1 AS have, r.need, TRUE AS is_met, TRUE AS is_computable,
       array_agg(f.fact_no ORDER BY f.fact_no) AS evidence
FROM passed f
JOIN gate_rule r ON r.version_no = f.version_no AND r.role_no = f.role_no AND r.reference_no = f.blueprint_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'quiz'
  AND f.day >= $as_of_day - r.max_age_days
GROUP BY f.person_no, r.gate_no, r.part_no, r.need
