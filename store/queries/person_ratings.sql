-- The rating level of each line of a person's observations in a programme.
-- record: observation
-- right: see
-- reach: person
SELECT f.fact_id, l.term AS line_id, c.term AS competency_id, r.level
FROM observation o
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN rating r ON r.org_id = o.org_id AND r.fact_no = o.fact_no AND r.person_no = $person_no
JOIN term l ON l.term_no = r.line_no
JOIN term c ON c.term_no = r.competency_no
WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.programme_no = $programme_no
ORDER BY o.occurred_at DESC, o.fact_no DESC, r.position
