-- The rating levels of the lines of what was watched of some people, by trainers and by themselves.
-- record: none
-- right: none
-- reach: system
-- with: gone
SELECT o.fact_no, o.person_no, r.position, l.term AS line, c.term AS competency, r.level
FROM observation o
JOIN rating r ON r.org_id = o.org_id AND r.person_no = o.person_no AND r.fact_no = o.fact_no
JOIN term l ON l.term_no = r.line_no
JOIN term c ON c.term_no = r.competency_no
WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.person_no = ANY($among)
  AND o.relation IN ('trainer', 'self') AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
ORDER BY o.person_no, o.occurred_at, o.fact_no, r.position
