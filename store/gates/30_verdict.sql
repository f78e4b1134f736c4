-- From parts to gates. A gate is met when all its parts are. It cannot be computed when nothing but parts that cannot be
-- stand in the way. Its next part is the first open one in the programme's order.
part_need AS (
  SELECT r.version_no, r.role_no, r.gate_no, r.part_no, max(r.need) AS need
  FROM gate_rule r
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no
  GROUP BY r.version_no, r.role_no, r.gate_no, r.part_no
),
verdict AS (
  SELECT e.person_no, g.gate_no, g.position, g.severity, g.need,
         CASE WHEN g.n_parts = 0 THEN 'not_required'
              WHEN count(n.part_no) = count(n.part_no) FILTER (WHERE p.is_met) THEN 'met'
              WHEN count(n.part_no) FILTER (WHERE p.is_met OR NOT p.is_computable) = count(n.part_no) THEN 'not_computable'
              ELSE 'not_met' END AS state,
         CAST(coalesce(sum(least(coalesce(p.have, 0), n.need)), 0) AS INTEGER) AS have,
         min(n.part_no) FILTER (WHERE NOT coalesce(p.is_met, FALSE)) AS next_part
  FROM enrolled e
  JOIN gate g ON g.version_no = e.version_no AND g.role_no = e.role_no
  LEFT JOIN part_need n ON n.version_no = g.version_no AND n.role_no = g.role_no AND n.gate_no = g.gate_no
  LEFT JOIN part p ON p.person_no = e.person_no AND p.gate_no = n.gate_no AND p.part_no = n.part_no
  WHERE g.org_id = $org_no AND g.programme_no = $programme_no
  GROUP BY e.person_no, g.gate_no, g.position, g.severity, g.need, g.n_parts
)
