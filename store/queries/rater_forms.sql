-- The forms that trainers submitted about those who train in a hub in a programme: a row a form, a rater's newest about a
-- performance. A performance is one trainee, one checklist and one code of a session; without a code each form is its own.
-- record: none
-- right: none
-- reach: system
-- with: gone, here
WITH form AS (
  SELECT o.fact_no, o.person_no AS trainee_no, o.checklist_no,
         CASE WHEN o.session_code = '' THEN '#' || o.fact_no ELSE o.session_code END AS session_code,
         o.actor_no AS rater_no, o.day, o.seconds, o.occurred_at
  FROM observation o
  JOIN here h ON h.person_no = o.person_no AND h.programme_no = o.programme_no
  WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer'
    AND o.day BETWEEN $first_day AND $last_day AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
newest AS (
  SELECT f.trainee_no, f.checklist_no, f.session_code, f.rater_no, f.day, f.seconds, f.fact_no,
         row_number() OVER (
           PARTITION BY f.trainee_no, f.checklist_no, f.session_code, f.rater_no ORDER BY f.occurred_at DESC, f.fact_no DESC
         ) AS place
  FROM form f
)
SELECT n.fact_no AS form_no, n.trainee_no, c.term AS checklist_id, n.session_code, n.rater_no, n.day, n.seconds
FROM newest n
JOIN term c ON c.term_no = n.checklist_no
WHERE n.place = 1
ORDER BY n.day, n.fact_no
