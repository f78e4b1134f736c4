-- The sessions to come in the calendar of the acting person's cohort. Who leads them is told to those who do.
-- record: supervision
-- right: see
-- reach: own
-- with: ended
WITH enrolled AS (
  SELECT e.cohort_no,
         row_number() OVER (PARTITION BY e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.person_no = $actor_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
)
SELECT f.fact_id AS planned_id, t.term AS programme_id, v.kind, v.session_code, v.meets_on, v.start_minute, v.zone,
       v.minutes AS minutes
FROM session_planned v
JOIN fact_key f ON f.org_id = v.org_id AND f.fact_no = v.fact_no
JOIN term t ON t.term_no = v.programme_no
JOIN enrolled n ON n.cohort_no = v.cohort_no AND n.newest = 1
WHERE v.org_id = $org_no AND v.meets_on >= $today AND v.fact_no NOT IN (SELECT g.target_no FROM ended g)
ORDER BY v.meets_on, v.start_minute, v.fact_no
