-- The acting trainer's trainees with the programme they train in and where they stand today.
-- record: readiness
-- right: see_status
-- reach: assigned
-- with: ended, mine, revoked, asking
SELECT s.person_no, coalesce(p.name, 'Person ' || s.person_no) AS name, g.term AS programme_id,
       c.term AS cohort_id, r.term AS role_id, s.version_no, s.status, s.hold_since, s.valid_until,
       w.person_no IS NOT NULL AS waits_for_countersign, a.day AS asked_on
FROM person_status s
JOIN term g ON g.term_no = s.programme_no
JOIN term c ON c.term_no = s.cohort_no
JOIN term r ON r.term_no = s.role_no
LEFT JOIN waiting w ON w.person_no = s.person_no AND w.programme_no = s.programme_no
LEFT JOIN asked a ON a.person_no = s.person_no AND a.programme_no = s.programme_no
LEFT JOIN person_private p ON p.org_id = s.org_id AND p.person_no = s.person_no
WHERE s.org_id = $org_no AND s.person_no IN (SELECT o.person_no FROM mine o)
ORDER BY name, s.person_no, g.term
