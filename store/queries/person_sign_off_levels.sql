-- The entrustment level of each activity in a person's sign-offs in a programme.
-- record: sign_off
-- right: see
-- reach: person
SELECT f.fact_id, t.term AS activity_id, l.level
FROM sign_off s
JOIN fact_key f ON f.org_id = s.org_id AND f.fact_no = s.fact_no
JOIN sign_off_level l ON l.org_id = s.org_id AND l.person_no = $person_no AND l.fact_no = s.fact_no
JOIN term t ON t.term_no = l.activity_no
WHERE s.org_id = $org_no AND s.person_no = $person_no AND s.programme_no = $programme_no
ORDER BY s.occurred_at DESC, l.position
