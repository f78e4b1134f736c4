-- Who trains in a hub, by programme: those whose newest enrolment in it is in one of the hub's cohorts.
here AS (
  SELECT n.person_no, n.programme_no, n.cohort_no, n.role_no, n.version_no, n.day, n.occurred_at, n.fact_no
  FROM (
    SELECT e.person_no, e.programme_no, e.cohort_no, e.role_no, e.version_no, e.day, e.occurred_at, e.fact_no,
           row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
    FROM enrolment e
    WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
  ) n
  JOIN cohort_opened w ON w.org_id = $org_no AND w.cohort_no = n.cohort_no AND w.hub_no = $hub_no
  WHERE n.newest = 1
)
