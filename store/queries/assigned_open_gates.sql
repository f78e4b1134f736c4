-- The gates that are not open today for the acting trainer's trainees.
-- record: readiness
-- right: see_status
-- reach: assigned
-- with: ended, mine
SELECT g.person_no, r.term AS programme_id, t.term AS gate_id, g.severity, g.state, g.have, g.need, g.next_part
FROM person_gate g
JOIN mine m ON m.person_no = g.person_no
JOIN term r ON r.term_no = g.programme_no
JOIN term t ON t.term_no = g.gate_no
WHERE g.org_id = $org_no AND g.state IN ('not_met', 'not_computable')
ORDER BY g.person_no, r.term, g.position
