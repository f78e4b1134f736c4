-- What was kept about one person, in the columns of the verdicts.
SELECT s.person_no, s.role_no, s.cohort_no, s.version_no, s.status, s.valid_until, s.hold_since,
       g.gate_no, g.position, g.severity, g.state, g.have, g.need, g.next_part
FROM person_status s
LEFT JOIN person_gate g
  ON g.org_id = $org_no AND g.programme_no = $programme_no AND g.person_no = $person_no
WHERE s.org_id = $org_no AND s.programme_no = $programme_no AND s.person_no = $person_no
