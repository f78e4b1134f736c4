-- Whole groups delivered, each counted once.
SELECT d.person_no, r.gate_no, r.part_no, count(DISTINCT d.what) AS have, r.need,
       (count(DISTINCT d.what) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(d.fact_no ORDER BY d.fact_no) AS evidence
FROM done d
JOIN gate_rule r ON r.version_no = d.version_no AND r.role_no = d.role_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'groups_delivered' AND d.kind = 'group_delivered'
GROUP BY d.person_no, r.gate_no, r.part_no, r.need
