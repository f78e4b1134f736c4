-- Group feedback summaries with enough answers and a mean that is high enough (hundredths on a scale of 1 to 5).
SELECT e.person_no, r.gate_no, r.part_no, count(*) AS have, r.need,
       (count(*) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(f.fact_no ORDER BY f.fact_no) AS evidence
FROM enrolled e
JOIN participant_summary f ON f.person_no = e.person_no
JOIN gate_rule r ON r.version_no = e.version_no AND r.role_no = e.role_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'participant_summary'
  AND f.org_id = $org_no AND f.person_no BETWEEN $person_from AND $person_to AND f.programme_no = $programme_no
  AND f.n_answers >= r.min_answers AND f.mean_hundredths >= r.min_mean_hundredths
  AND f.occurred_at <= $as_of AND f.recorded_at <= $known_at
  AND f.fact_no NOT IN (SELECT g.target_no FROM gone g)
GROUP BY e.person_no, r.gate_no, r.part_no, r.need
