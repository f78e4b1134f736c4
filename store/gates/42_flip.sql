-- What would open each closed gate: how many parts are open, and how many facts they still miss. One fact may serve parts of
-- several gates, so a sum over gates is an upper bound.
SELECT e.person_no, g.gate_no, g.position, g.severity, count(*) AS n_parts,
       CAST(sum(greatest(n.need - coalesce(p.have, 0), 1)) AS INTEGER) AS n_facts
FROM enrolled e
JOIN gate g ON g.version_no = e.version_no AND g.role_no = e.role_no
JOIN part_need n ON n.version_no = g.version_no AND n.role_no = g.role_no AND n.gate_no = g.gate_no
LEFT JOIN part p ON p.person_no = e.person_no AND p.gate_no = n.gate_no AND p.part_no = n.part_no
WHERE g.org_id = $org_no AND g.programme_no = $programme_no AND NOT coalesce(p.is_met, FALSE)
GROUP BY e.person_no, g.gate_no, g.position, g.severity
ORDER BY e.person_no, g.position
