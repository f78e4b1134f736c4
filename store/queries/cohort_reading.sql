-- How many of a cohort have read each module to its end, and how many there are. Nobody is named.
-- record: none
-- right: none
-- reach: system
WITH gone AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
),
enrolled AS (
  SELECT e.person_no, e.programme_no, e.cohort_no,
         row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
member AS (SELECT n.person_no FROM enrolled n WHERE n.newest = 1 AND n.programme_no = $programme_no AND n.cohort_no = $cohort_no),
reading AS (
  SELECT r.person_no, r.module_no, r.step,
         row_number() OVER (PARTITION BY r.person_no, r.module_no ORDER BY r.step DESC, r.fact_no DESC) AS farthest
  FROM module_progress r
  JOIN member m ON m.person_no = r.person_no
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.is_read
    AND r.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
SELECT t.term AS module_id, r.step, count(*) AS n_people
FROM reading r
JOIN term t ON t.term_no = r.module_no
WHERE r.farthest = 1
GROUP BY t.term, r.step
ORDER BY t.term, r.step
