-- One gate of the people asked about, opened: read without the others and without where a person stands.
SELECT e.person_no, e.role_no, e.cohort_no, e.version_no,
       '' AS status, CAST(NULL AS DATE) AS valid_until, CAST(NULL AS DATE) AS hold_since,
       v.gate_no, v.position, v.severity, v.state, v.have, v.need, v.next_part,
       n.part_no, n.need AS part_need, coalesce(p.have, 0) AS part_have,
       coalesce(p.is_met, FALSE) AS is_met, coalesce(p.is_computable, TRUE) AS is_computable, p.evidence
FROM enrolled e
JOIN verdict v ON v.person_no = e.person_no
LEFT JOIN part_need n ON n.version_no = e.version_no AND n.role_no = e.role_no AND n.gate_no = v.gate_no
LEFT JOIN part p ON p.person_no = e.person_no AND p.gate_no = n.gate_no AND p.part_no = n.part_no
WHERE v.gate_no = $gate_no
ORDER BY v.person_no, n.part_no
