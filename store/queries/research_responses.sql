-- What some people gave to each item of the quizzes they handed in: choices alone, no words.
-- record: none
-- right: none
-- reach: system
-- with: undone
WITH newest AS (
  SELECT r.started_no, r.position, r.chosen, r.certainty,
         row_number() OVER (PARTITION BY r.started_no, r.position ORDER BY r.fact_no DESC) AS newness
  FROM response r
  WHERE r.org_id = $org_no AND r.person_no = ANY($among) AND NOT r.is_late
)
SELECT a.fact_no, a.person_no, i.position, t.term AS item, s.version_no, w.chosen, w.certainty, i.points, i.max_points,
       coalesce(i.is_right, i.points = i.max_points) AS is_right
FROM attempt a
JOIN attempt_started s ON s.org_id = a.org_id AND s.fact_no = a.started_no
JOIN attempt_item i ON i.org_id = a.org_id AND i.person_no = a.person_no AND i.fact_no = a.fact_no
JOIN term t ON t.term_no = i.item_no
LEFT JOIN newest w ON w.started_no = a.started_no AND w.position = i.position AND w.newness = 1
WHERE a.org_id = $org_no AND a.programme_no = $programme_no AND a.person_no = ANY($among)
  AND a.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY a.person_no, a.occurred_at, a.fact_no, i.position
