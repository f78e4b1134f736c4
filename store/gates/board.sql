-- What was kept about the people of a programme, in the columns of the verdicts, then their names.
SELECT s.person_no, s.role_no, s.cohort_no, s.version_no, s.status, s.valid_until, s.hold_since,
       g.gate_no, g.position, g.severity, g.state, g.have, g.need, g.next_part, p.name
FROM person_status s
LEFT JOIN person_gate g ON g.org_id = s.org_id AND g.programme_no = s.programme_no AND g.person_no = s.person_no
LEFT JOIN person_private p ON p.org_id = s.org_id AND p.person_no = s.person_no
WHERE s.org_id = $org_no AND s.programme_no = $programme_no
  AND ($cohort_no = -1 OR s.cohort_no = $cohort_no)
  AND ($hub_no = -1 OR s.cohort_no IN (
    SELECT h.cohort_no FROM cohort_opened h WHERE h.org_id = $org_no AND h.hub_no = $hub_no
  ))
  AND ($trainer_no = -1 OR s.person_no IN (
    SELECT a.person_no FROM assignment a
    WHERE a.org_id = $org_no AND a.trainer_no = $trainer_no AND a.fact_no NOT IN (
      SELECT c.target_no FROM amendment c WHERE c.org_id = $org_no AND c.change IN ('void', 'replaced', 'ended')
    )
  ))
ORDER BY s.person_no, g.position
