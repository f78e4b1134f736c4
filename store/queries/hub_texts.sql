-- Texts that people of a hub have handed in and that may lack a mark, oldest first; not the acting person's own. No names.
-- record: results
-- right: mark
-- reach: hub
-- with: undone
WITH asked AS (
  SELECT s.started_no, s.position FROM second_mark_asked s
  WHERE s.org_id = $org_no AND s.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
marked AS (
  SELECT m.started_no, m.position, count(*) AS n_marks, bool_or(m.actor_no = $actor_no) AS is_mine
  FROM text_mark m
  WHERE m.org_id = $org_no AND m.fact_no NOT IN (SELECT g.target_no FROM undone g)
  GROUP BY m.started_no, m.position
)
SELECT DISTINCT f.fact_id, i.position, t.occurred_at, t.day, coalesce(m.n_marks, 0) AS n_marks,
       coalesce(m.is_mine, false) AS is_mine
FROM attempt t
JOIN attempt_item i ON i.org_id = t.org_id AND i.person_no = t.person_no AND i.fact_no = t.fact_no
JOIN fact_key f ON f.org_id = t.org_id AND f.fact_no = t.started_no
JOIN enrolment e ON e.org_id = t.org_id AND e.person_no = t.person_no AND e.programme_no = t.programme_no
JOIN cohort_opened k ON k.org_id = e.org_id AND k.cohort_no = e.cohort_no AND k.hub_no = $hub_no
LEFT JOIN asked q ON q.started_no = t.started_no AND q.position = i.position
LEFT JOIN marked m ON m.started_no = t.started_no AND m.position = i.position
WHERE t.org_id = $org_no AND t.counts AND t.person_no <> $actor_no
  AND t.fact_no NOT IN (SELECT g.target_no FROM undone g) AND e.fact_no NOT IN (SELECT g.target_no FROM undone g)
  AND ((i.is_right IS NULL AND t.n_unmarked > 0 AND i.max_points > 0) OR (q.started_no IS NOT NULL AND m.n_marks < 3))
ORDER BY t.occurred_at, f.fact_id, i.position
