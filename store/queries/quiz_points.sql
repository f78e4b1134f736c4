-- What each person of a hub earned for each item of the first counting attempts that they handed in, wholly marked.
-- record: none
-- right: none
-- reach: system
-- with: undone
WITH here AS (
  SELECT DISTINCT e.person_no
  FROM enrolment e JOIN cohort_opened k ON k.org_id = e.org_id AND k.cohort_no = e.cohort_no
  WHERE e.org_id = $org_no AND k.hub_no = $hub_no AND e.programme_no = $programme_no
    AND ($cohort_no = -1 OR e.cohort_no = $cohort_no) AND e.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
handed AS (
  SELECT t.person_no, t.blueprint_no, t.fact_no, t.n_unmarked, t.occurred_at,
         row_number() OVER (PARTITION BY t.person_no, t.blueprint_no ORDER BY t.occurred_at, t.fact_no) AS place
  FROM attempt t JOIN here h ON h.person_no = t.person_no
  WHERE t.org_id = $org_no AND t.programme_no = $programme_no AND t.counts
    AND t.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT d.person_no, b.term AS blueprint_id, w.term AS item_id, i.points, i.max_points, d.occurred_at AS handed_at
FROM handed d
JOIN attempt_item i ON i.org_id = $org_no AND i.person_no = d.person_no AND i.fact_no = d.fact_no
JOIN term b ON b.term_no = d.blueprint_no
JOIN term w ON w.term_no = i.item_no
WHERE d.place = 1 AND d.n_unmarked = 0 AND i.max_points > 0
ORDER BY d.person_no, b.term, i.position
