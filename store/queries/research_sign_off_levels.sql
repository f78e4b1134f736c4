-- The entrustment level of each activity in the decisions about some people.
-- record: none
-- right: none
-- reach: system
-- with: undone
SELECT s.fact_no, s.person_no, l.position, t.term AS activity, l.level
FROM sign_off s
JOIN sign_off_level l ON l.org_id = s.org_id AND l.person_no = s.person_no AND l.fact_no = s.fact_no
JOIN term t ON t.term_no = l.activity_no
WHERE s.org_id = $org_no AND s.programme_no = $programme_no AND s.person_no = ANY($among)
  AND s.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY s.person_no, s.occurred_at, s.fact_no, l.position
