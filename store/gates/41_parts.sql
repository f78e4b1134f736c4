-- The same, opened: one row for each part, with the facts that speak for it.
SELECT s.person_no, s.role_no, s.cohort_no, s.version_no, s.status, s.valid_until, s.hold_since,
       v.gate_no, v.position, v.severity, v.state, v.have, v.need, v.next_part,
       n.part_no, n.need AS part_need, coalesce(p.have, 0) AS part_have,
       coalesce(p.is_met, FALSE) AS is_met, coalesce(p.is_computable, TRUE) AS is_computable, p.evidence
FROM standing s
LEFT JOIN verdict v ON v.person_no = s.person_no
LEFT JOIN part_need n ON n.version_no = s.version_no AND n.role_no = s.role_no AND n.gate_no = v.gate_no
LEFT JOIN part p ON p.person_no = s.person_no AND p.gate_no = n.gate_no AND p.part_no = n.part_no
ORDER BY s.person_no, v.position, n.part_no
