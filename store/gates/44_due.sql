-- Until when each person may wait for their next supervision, by each gate that sets a longest gap; who never met anybody
-- has no day. It is the very relation by which the gate is judged.
SELECT e.person_no, e.role_no, e.cohort_no, e.version_no, r.gate_no, g.severity, r.max_gap_days,
       w.last_day, w.due_day, coalesce(w.is_met, FALSE) AS is_met
FROM enrolled e
JOIN gate_rule r ON r.version_no = e.version_no AND r.role_no = e.role_no
JOIN gate g
  ON g.org_id = r.org_id AND g.programme_no = r.programme_no AND g.version_no = r.version_no AND g.role_no = r.role_no
 AND g.gate_no = r.gate_no
LEFT JOIN waited w ON w.person_no = e.person_no AND w.gate_no = r.gate_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'supervision' AND r.part_no = 2
ORDER BY e.person_no, g.position
