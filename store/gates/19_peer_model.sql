-- Times an experienced peer leader was watched.
SELECT d.person_no, r.gate_no, r.part_no, count(*) AS have, r.need,
       (count(*) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(d.fact_no ORDER BY d.fact_no) AS evidence
FROM done d
JOIN gate_rule r ON r.version_no = d.version_no AND r.role_no = d.role_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'peer_model' AND d.kind = 'peer_model'
GROUP BY d.person_no, r.gate_no, r.part_no, r.need
