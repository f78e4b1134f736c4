-- Item by item, how many people of a cohort, a hub or all got it wrong when they met it last in a counting attempt of a quiz that is not left out, and how many were sure.
-- record: none
-- right: none
-- reach: system
-- with: undone
WITH here AS (
  SELECT DISTINCT e.person_no
  FROM enrolment e JOIN cohort_opened k ON k.org_id = e.org_id AND k.cohort_no = e.cohort_no
  WHERE e.org_id = $org_no AND ($hub_no = -1 OR k.hub_no = $hub_no) AND e.programme_no = $programme_no
    AND ($cohort_no = -1 OR e.cohort_no = $cohort_no)
    AND e.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
given AS (
  SELECT r.person_no, r.started_no, r.position, r.certainty,
         row_number() OVER (PARTITION BY r.started_no, r.position ORDER BY r.fact_no DESC) AS place
  FROM response r JOIN here h ON h.person_no = r.person_no
  WHERE r.org_id = $org_no AND NOT r.is_late
),
met AS (
  SELECT t.person_no, i.item_no, coalesce(i.is_right, i.points = i.max_points) AS is_right, v.certainty,
         row_number() OVER (PARTITION BY t.person_no, i.item_no ORDER BY t.occurred_at DESC, t.fact_no DESC) AS place
  FROM attempt t
  JOIN here h ON h.person_no = t.person_no
  JOIN term q ON q.term_no = t.blueprint_no
  JOIN attempt_item i ON i.org_id = t.org_id AND i.person_no = t.person_no AND i.fact_no = t.fact_no
  LEFT JOIN given v ON v.started_no = t.started_no AND v.position = i.position AND v.place = 1
  WHERE t.org_id = $org_no AND t.programme_no = $programme_no AND t.counts AND i.max_points > 0
    AND NOT (q.term = ANY($left_out))
    AND (i.is_right IS NOT NULL OR t.n_unmarked = 0) AND t.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT w.term AS item_id, count(*) AS n_people, count(*) FILTER (WHERE NOT m.is_right) AS n_wrong,
       count(*) FILTER (WHERE NOT m.is_right AND m.certainty = 3) AS n_sure
FROM met m JOIN term w ON w.term_no = m.item_no
WHERE m.place = 1
GROUP BY w.term
HAVING count(*) FILTER (WHERE NOT m.is_right) > 0
ORDER BY n_sure DESC, n_wrong DESC, item_id
