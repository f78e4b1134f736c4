-- Evaluations of the person, given by themselves and by their partner; they never count towards a level.
SELECT o.person_no, r.gate_no, r.part_no, count(*) AS have, r.need,
       (count(*) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(o.fact_no ORDER BY o.fact_no) AS evidence
FROM observed o
JOIN gate_rule r ON r.version_no = o.version_no AND r.role_no = o.role_no AND r.relation = o.relation
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'evaluations_given'
GROUP BY o.person_no, r.gate_no, r.part_no, r.need
