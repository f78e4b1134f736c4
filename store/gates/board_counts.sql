-- How many people stand where, by role: a row a status (gate_no NULL), a row a gate and state, and those one gate away.
WITH person AS (
  SELECT s.person_no, s.role_no, s.status
  FROM person_status s
  WHERE s.org_id = $org_no AND s.programme_no = $programme_no
    AND ($cohort_no = -1 OR s.cohort_no = $cohort_no)
    AND ($hub_no = -1 OR s.cohort_no IN (
      SELECT h.cohort_no FROM cohort_opened h WHERE h.org_id = $org_no AND h.hub_no = $hub_no
    ))
),
kept AS (
  SELECT g.person_no, g.gate_no, g.position, g.severity, g.state
  FROM person_gate g
  WHERE g.org_id = $org_no AND g.programme_no = $programme_no
),
one_away AS (
  SELECT k.person_no, min(k.gate_no) AS gate_no
  FROM kept k
  WHERE k.severity = 'block' AND k.state IN ('not_met', 'not_computable')
  GROUP BY k.person_no
  HAVING count(*) = 1
)
SELECT p.role_no, 'status' AS what, p.status AS value, CAST(NULL AS INTEGER) AS gate_no, 0 AS position, count(*) AS n
FROM person p
GROUP BY p.role_no, p.status
UNION ALL
SELECT p.role_no, 'state' AS what, k.state AS value, k.gate_no, k.position, count(*) AS n
FROM person p
JOIN kept k ON k.person_no = p.person_no
GROUP BY p.role_no, k.state, k.gate_no, k.position
UNION ALL
SELECT p.role_no, 'one_away' AS what, '' AS value, o.gate_no, 0 AS position, count(*) AS n
FROM person p
JOIN one_away o ON o.person_no = p.person_no
GROUP BY p.role_no, o.gate_no
ORDER BY 1, 2, 5, 3, 4
