-- One row for each person and gate (one without a gate when the role has none).
SELECT s.person_no, s.role_no, s.cohort_no, s.version_no, s.status, s.valid_until, s.hold_since,
       v.gate_no, v.position, v.severity, v.state, v.have, v.need, v.next_part
FROM standing s
LEFT JOIN verdict v ON v.person_no = s.person_no
