-- The cohorts of a hub, newest first, with how many are in each now, and since when it is closed.
-- record: cohort
-- right: see
-- reach: hub
-- with: gone, here, undone
WITH dated AS (
  SELECT m.cohort_no, m.ends_on,
         row_number() OVER (PARTITION BY m.cohort_no ORDER BY m.occurred_at DESC, m.fact_no DESC) AS newest
  FROM cohort_dated m
  WHERE m.org_id = $org_no
)
SELECT t.term AS cohort_id, g.term AS programme_id, c.title, c.starts_on, coalesce(m.ends_on, c.ends_on) AS ends_on,
       (SELECT count(*) FROM here h WHERE h.cohort_no = c.cohort_no) AS n_people, d.day AS closed_on
FROM cohort_opened c
LEFT JOIN dated m ON m.cohort_no = c.cohort_no AND m.newest = 1
LEFT JOIN cohort_closed d ON d.org_id = c.org_id AND d.cohort_no = c.cohort_no
JOIN term t ON t.term_no = c.cohort_no
JOIN term g ON g.term_no = c.programme_no
WHERE c.org_id = $org_no AND c.hub_no = $hub_no
  AND c.fact_no NOT IN (SELECT u.target_no FROM undone u)
ORDER BY c.starts_on DESC, c.fact_no DESC
