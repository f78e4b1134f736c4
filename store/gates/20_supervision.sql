-- Part 1: enough meetings of the least length in the last days of the window, today included. Part 2: not too long since the
-- last such meeting; days from a pause to the next return do not count. Who never met anybody is late.
WITH held AS (
  SELECT e.person_no, e.version_no, e.role_no, f.occurred_at, f.day, f.minutes, f.fact_no
  FROM enrolled e
  JOIN supervision f ON f.person_no = e.person_no
  WHERE f.org_id = $org_no AND f.person_no BETWEEN $person_from AND $person_to AND f.programme_no = $programme_no
    AND f.occurred_at <= $as_of AND f.recorded_at <= $known_at
    AND f.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
turn AS (
  SELECT p.person_no, p.change, p.day, p.occurred_at, p.fact_no
  FROM pause p
  WHERE p.org_id = $org_no AND p.person_no BETWEEN $person_from AND $person_to AND p.programme_no = $programme_no
    AND p.occurred_at <= $as_of AND p.recorded_at <= $known_at
    AND p.fact_no NOT IN (SELECT g.target_no FROM gone g)
  UNION ALL
  SELECT n.person_no, 'enrolled' AS change, n.day, n.occurred_at, n.fact_no
  FROM enrolment n
  WHERE n.org_id = $org_no AND n.person_no BETWEEN $person_from AND $person_to AND n.programme_no = $programme_no
    AND n.occurred_at <= $as_of AND n.recorded_at <= $known_at
    AND n.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
away AS (
  SELECT c.person_no, c.day AS from_day, coalesce(c.next_day, $as_of_day) AS to_day
  FROM (
    SELECT t.person_no, t.change, t.day,
           lead(t.day) OVER (PARTITION BY t.person_no ORDER BY t.occurred_at, t.fact_no) AS next_day
    FROM turn t
  ) c
  WHERE c.change = 'paused'
),
newest AS (
  SELECT m.person_no, m.gate_no, m.part_no, m.need, m.max_gap_days, m.day AS last_day, m.fact_no
  FROM (
    SELECT h.person_no, r.gate_no, r.part_no, r.need, r.max_gap_days, h.day, h.fact_no,
           row_number() OVER (PARTITION BY h.person_no, r.gate_no ORDER BY h.occurred_at DESC, h.fact_no DESC) AS newness
    FROM held h
    JOIN gate_rule r ON r.version_no = h.version_no AND r.role_no = h.role_no
    WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'supervision' AND r.part_no = 2
      AND h.minutes >= r.minutes
  ) m
  WHERE m.newness = 1
),
-- least() and greatest() skip NULL, so the days away are summed apart and only then joined
rested AS (
  SELECT n.person_no, n.gate_no, sum(greatest(a.to_day - greatest(a.from_day, n.last_day), 0)) AS days
  FROM newest n
  JOIN away a ON a.person_no = n.person_no
  GROUP BY n.person_no, n.gate_no
),
waited AS (
  SELECT n.person_no, n.gate_no, n.part_no, n.need, n.fact_no,
         ($as_of_day - n.last_day - coalesce(d.days, 0) <= n.max_gap_days) AS is_met
  FROM newest n
  LEFT JOIN rested d ON d.person_no = n.person_no AND d.gate_no = n.gate_no
)
SELECT h.person_no, r.gate_no, r.part_no, count(*) AS have, r.need,
       (count(*) >= r.need) AS is_met, TRUE AS is_computable,
       array_agg(h.fact_no ORDER BY h.fact_no) AS evidence
FROM held h
JOIN gate_rule r ON r.version_no = h.version_no AND r.role_no = h.role_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'supervision' AND r.part_no = 1
  AND h.minutes >= r.minutes AND h.day > $as_of_day - r.window_days
GROUP BY h.person_no, r.gate_no, r.part_no, r.need
UNION ALL
SELECT w.person_no, w.gate_no, w.part_no, CASE WHEN w.is_met THEN 1 ELSE 0 END AS have, w.need,
       w.is_met, TRUE AS is_computable, array_agg(w.fact_no) AS evidence
FROM waited w
GROUP BY w.person_no, w.gate_no, w.part_no, w.need, w.is_met
