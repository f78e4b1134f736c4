-- The best counting attempt on the blueprint reaches the pass mark it was judged by. A form without items passes nobody.
SELECT f.person_no, r.gate_no, r.part_no,
       max(CASE WHEN f.reaches_mark THEN 1 ELSE 0 END) AS have, r.need,
       bool_or(f.reaches_mark) AS is_met, TRUE AS is_computable,
       array_agg(f.fact_no ORDER BY f.fact_no) FILTER (WHERE f.reaches_mark) AS evidence
FROM (
  SELECT e.person_no, e.version_no, e.role_no, a.blueprint_no, a.day, a.fact_no,
         (a.max_score > 0
          AND CAST(a.score AS INTEGER) * 100 >= CAST(a.pass_pct AS INTEGER) * CAST(a.max_score AS INTEGER)) AS reaches_mark
  FROM enrolled e
  JOIN attempt a ON a.person_no = e.person_no
  WHERE a.org_id = $org_no AND a.person_no BETWEEN $person_from AND $person_to AND a.programme_no = $programme_no
    AND a.counts
    AND a.occurred_at <= $as_of AND a.recorded_at <= $known_at
    AND a.fact_no NOT IN (SELECT g.target_no FROM gone g)
) f
JOIN gate_rule r ON r.version_no = f.version_no AND r.role_no = f.role_no AND r.reference_no = f.blueprint_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'quiz'
  AND f.day >= $as_of_day - r.max_age_days
GROUP BY f.person_no, r.gate_no, r.part_no, r.need
