-- Part 1: enough meetings of the least length in the last days of the window, today included. Part 2: not too long since the
-- last such meeting. Who never met anybody is late.
SELECT h.person_no, r.gate_no, r.part_no, count(*) AS have, r.need,
       (count(*) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(h.fact_no ORDER BY h.fact_no) AS evidence
FROM meeting h
JOIN gate_rule r ON r.version_no = h.version_no AND r.role_no = h.role_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'supervision' AND r.part_no = 1
  AND h.minutes >= r.minutes AND h.day > $as_of_day - r.window_days
GROUP BY h.person_no, r.gate_no, r.part_no, r.need
UNION ALL
SELECT w.person_no, w.gate_no, w.part_no, CASE WHEN w.is_met THEN 1 ELSE 0 END AS have, w.need,
       w.is_met, TRUE AS is_computable, array_agg(w.fact_no) AS evidence
FROM waited w
GROUP BY w.person_no, w.gate_no, w.part_no, w.need, w.is_met
