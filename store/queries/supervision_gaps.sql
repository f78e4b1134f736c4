-- The days between one supervision and the next, of those who train in a hub, for the later one's day: how many gaps, the
-- median, and how many people there are with at least one supervision.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled
WITH held AS (
  SELECT s.person_no, s.day,
         s.day - lag(s.day) OVER (PARTITION BY s.person_no ORDER BY s.occurred_at, s.fact_no) AS gap
  FROM supervision s
  JOIN enrolled n ON n.person_no = s.person_no AND n.programme_no = s.programme_no AND n.newest = 1
  JOIN cohort_opened h ON h.org_id = s.org_id AND h.cohort_no = n.cohort_no
  WHERE s.org_id = $org_no AND s.programme_no = $programme_no AND h.hub_no = $hub_no
    AND ($cohort_no = -1 OR n.cohort_no = $cohort_no) AND ($among IS NULL OR n.person_no = ANY($among))
    AND s.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT count(*) AS n_held, count(DISTINCT h.person_no) AS n_people, count(h.gap) AS n_gaps,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY h.gap) AS median_days
FROM held h
WHERE h.day BETWEEN $first_day AND $last_day
