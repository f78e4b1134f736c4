-- What was simply done, in force: read by the gates that count such things.
done AS (
  SELECT e.person_no, e.version_no, e.role_no, m.kind, m.what, m.fact_no
  FROM enrolled e
  JOIN milestone m ON m.person_no = e.person_no
  WHERE m.org_id = $org_no AND m.person_no BETWEEN $person_from AND $person_to AND m.programme_no = $programme_no
    AND m.occurred_at <= $as_of AND m.recorded_at <= $known_at
    AND m.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
