-- The level of each line of the performances that two trainers or more rated, of those who train in a hub in a programme,
-- in one of its cohorts (all for -1), and of some people alone (all for NULL).
-- record: none
-- right: none
-- reach: system
-- with: gone, here
WITH form AS (
  SELECT o.fact_no, o.person_no, o.checklist_no, o.session_code, o.actor_no, o.day,
         row_number() OVER (
           PARTITION BY o.person_no, o.checklist_no, o.session_code, o.actor_no ORDER BY o.occurred_at DESC, o.fact_no DESC
         ) AS place
  FROM observation o
  JOIN here h ON h.person_no = o.person_no AND h.programme_no = o.programme_no
  WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer' AND o.session_code <> ''
    AND ($cohort_no = -1 OR h.cohort_no = $cohort_no) AND ($among IS NULL OR h.person_no = ANY($among))
    AND o.day BETWEEN $first_day AND $last_day AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
twice AS (
  SELECT f.person_no, f.checklist_no, f.session_code
  FROM form f
  WHERE f.place = 1
  GROUP BY f.person_no, f.checklist_no, f.session_code
  HAVING count(*) >= 2
)
SELECT f.fact_no AS form_no, f.person_no AS trainee_no, c.term AS checklist_id, f.session_code, f.actor_no AS rater_no, f.day,
       l.term AS line_id, r.level
FROM form f
JOIN twice t ON t.person_no = f.person_no AND t.checklist_no = f.checklist_no AND t.session_code = f.session_code
JOIN rating r ON r.org_id = $org_no AND r.fact_no = f.fact_no AND r.person_no = f.person_no AND r.level IS NOT NULL
JOIN term c ON c.term_no = f.checklist_no
JOIN term l ON l.term_no = r.line_no
WHERE f.place = 1
ORDER BY f.day, f.fact_no, r.position
