-- Who trains in a hub, by programme: those whose newest enrolment in it is in one of the hub's cohorts.
here AS (
  SELECT n.person_no, n.programme_no, n.cohort_no
  FROM (
    SELECT e.person_no, e.programme_no, e.cohort_no,
           row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
    FROM enrolment e
    WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
  ) n
  JOIN cohort_opened w ON w.org_id = $org_no AND w.cohort_no = n.cohort_no AND w.hub_no = $hub_no
  WHERE n.newest = 1
)
