-- How often each line of each checklist was given which level by trainers, of those who train in a hub in a programme.
-- record: none
-- right: none
-- reach: system
-- with: gone, here
SELECT c.term AS checklist_id, l.term AS line_id, r.level, count(*) AS n
FROM observation o
JOIN here h ON h.person_no = o.person_no AND h.programme_no = o.programme_no
JOIN rating r ON r.org_id = $org_no AND r.fact_no = o.fact_no AND r.person_no = o.person_no AND r.level IS NOT NULL
JOIN term c ON c.term_no = o.checklist_no
JOIN term l ON l.term_no = r.line_no
WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer'
  AND o.day BETWEEN $first_day AND $last_day AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
GROUP BY c.term, l.term, r.level
ORDER BY c.term, l.term, r.level
