-- From parts to gates. A gate is met when all its parts are. It cannot be computed when nothing but parts that cannot be
-- stand in the way. Its next part is the first open one in the programme's order: the one after the met parts that stand
-- in an unbroken row from the first.
part_need AS (
  SELECT r.version_no, r.role_no, r.gate_no, r.part_no, max(r.need) AS need
  FROM gate_rule r
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no
  GROUP BY r.version_no, r.role_no, r.gate_no, r.part_no
),
tally AS (
  SELECT p.person_no, p.gate_no,
         count(*) FILTER (WHERE p.is_met) AS n_met,
         count(*) FILTER (WHERE NOT p.is_met AND NOT p.is_computable) AS n_unknown,
         count(*) FILTER (WHERE p.is_met AND p.part_no = p.place) AS n_row,
         CAST(sum(least(p.have, p.need)) AS INTEGER) AS have
  FROM (
    SELECT q.person_no, q.gate_no, q.part_no, q.have, q.need, q.is_met, q.is_computable,
           row_number() OVER (PARTITION BY q.person_no, q.gate_no, q.is_met ORDER BY q.part_no) AS place
    FROM part q
  ) p
  GROUP BY p.person_no, p.gate_no
),
verdict AS (
  SELECT e.person_no, g.gate_no, g.position, g.severity, g.need,
         CASE WHEN g.n_parts = 0 THEN 'not_required'
              WHEN t.n_met = g.n_parts THEN 'met'
              WHEN t.n_met + t.n_unknown = g.n_parts THEN 'not_computable'
              ELSE 'not_met' END AS state,
         coalesce(t.have, 0) AS have,
         CASE WHEN g.n_parts > coalesce(t.n_met, 0) THEN CAST(coalesce(t.n_row, 0) + 1 AS SMALLINT) END AS next_part
  FROM enrolled e
  JOIN gate g ON g.version_no = e.version_no AND g.role_no = e.role_no
  LEFT JOIN tally t ON t.person_no = e.person_no AND t.gate_no = g.gate_no
  WHERE g.org_id = $org_no AND g.programme_no = $programme_no
)
