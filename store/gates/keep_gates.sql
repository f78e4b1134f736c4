-- The gates of the people of a refresh, from its rows.
INSERT INTO person_gate (org_id, programme_no, person_no, role_no, cohort_no, version_no, gate_no, position, severity, state, have,
                         need, next_part, as_of_day, ledger_position)
SELECT $org_no, $programme_no, f.person_no, f.role_no, f.cohort_no, f.version_no, f.gate_no, f.position, f.severity, f.state, f.have,
       f.need, f.next_part, CAST($as_of_day AS DATE), CAST($ledger_position AS BIGINT)
FROM fresh f
WHERE f.gate_no IS NOT NULL AND f.person_no IN (SELECT unnest(CAST($people AS INTEGER[])))
ORDER BY f.person_no, f.position
