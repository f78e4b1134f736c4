-- How many of a cohort have read each module. Those who have left are not counted, and nobody is named.
-- record: none
-- right: none
-- reach: system
-- with: undone
SELECT t.term AS module_id, count(DISTINCT r.person_no) AS n_people
FROM module_progress r
JOIN person_status s ON s.org_id = r.org_id AND s.programme_no = r.programme_no AND s.person_no = r.person_no
JOIN term t ON t.term_no = r.module_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.is_read
  AND s.cohort_no = $cohort_no AND s.status <> 'withdrawn'
  AND r.fact_no NOT IN (SELECT g.target_no FROM undone g)
GROUP BY t.term
ORDER BY t.term
