-- Different sessions attended or made up, and their minutes. The newest entry of a session holds: a later "absent" takes it away.
SELECT f.person_no, r.gate_no, r.part_no, count(*) AS have, r.need,
       (count(*) >= r.need AND sum(f.minutes) >= r.minutes) AS is_met, TRUE AS is_computable,
       array_agg(f.fact_no ORDER BY f.fact_no) AS evidence
FROM (
  SELECT e.person_no, e.version_no, e.role_no, a.session_no, a.presence, a.minutes, a.fact_no,
         row_number() OVER (PARTITION BY a.person_no, a.session_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
  FROM enrolled e
  JOIN attendance a ON a.person_no = e.person_no
  WHERE a.org_id = $org_no AND a.person_no BETWEEN $person_from AND $person_to AND a.programme_no = $programme_no
    AND a.occurred_at <= $as_of AND a.recorded_at <= $known_at
    AND a.fact_no NOT IN (SELECT g.target_no FROM gone g)
) f
JOIN gate_rule r ON r.version_no = f.version_no AND r.role_no = f.role_no AND r.reference_no = f.session_no
WHERE f.newness = 1 AND f.presence IN ('present', 'made_up')
  AND r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'dose'
GROUP BY f.person_no, r.gate_no, r.part_no, r.need, r.minutes
