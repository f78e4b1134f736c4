-- The enrolments of each person in each programme, and which is the newest.
enrolled AS (
  SELECT e.person_no, e.programme_no, e.cohort_no, e.version_no,
         row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
