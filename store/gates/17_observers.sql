-- Passed observations by different observers. Nobody watches a session in supervision: what is rated there has no observer.
SELECT o.person_no, r.gate_no, r.part_no, count(DISTINCT o.actor_no) AS have, r.need,
       (count(DISTINCT o.actor_no) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(o.fact_no ORDER BY o.fact_no) AS evidence
FROM counted o
JOIN gate_rule r ON r.version_no = o.version_no AND r.role_no = o.role_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'observers'
  AND o.setting <> 'supervision' AND o.is_passed AND o.day >= $as_of_day - r.max_age_days
GROUP BY o.person_no, r.gate_no, r.part_no, r.need
