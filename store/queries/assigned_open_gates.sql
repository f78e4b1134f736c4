-- The gates that are not open today for the acting trainer's trainees.
-- record: readiness
-- right: see_status
-- reach: assigned
WITH ended AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
),
mine AS (
  SELECT DISTINCT m.person_no
  FROM assignment m
  WHERE m.org_id = $org_no AND m.trainer_no = $actor_no AND m.person_no <> $actor_no
    AND m.fact_no NOT IN (SELECT e.target_no FROM ended e)
)
SELECT g.person_no, r.term AS programme_id, t.term AS gate_id, g.severity, g.state, g.have, g.need, g.next_part
FROM person_gate g
JOIN mine m ON m.person_no = g.person_no
JOIN term r ON r.term_no = g.programme_no
JOIN term t ON t.term_no = g.gate_no
WHERE g.org_id = $org_no AND g.state IN ('not_met', 'not_computable')
ORDER BY g.person_no, r.term, g.position
