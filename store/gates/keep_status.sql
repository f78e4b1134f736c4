-- Where the people of a refresh stand, from its rows.
INSERT INTO person_status (org_id, programme_no, person_no, role_no, cohort_no, version_no, status, valid_until, hold_since,
                           as_of, as_of_day, ledger_position)
SELECT DISTINCT $org_no, $programme_no, f.person_no, f.role_no, f.cohort_no, f.version_no, f.status, f.valid_until, f.hold_since,
       CAST($as_of AS TIMESTAMP), CAST($as_of_day AS DATE), CAST($ledger_position AS BIGINT)
FROM fresh f
WHERE f.person_no IN (SELECT unnest(CAST($people AS INTEGER[])))
ORDER BY f.person_no
