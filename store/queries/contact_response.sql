-- How long those who asked to be contacted waited, for wishes of the days asked about: of the answered ones how many, the
-- median and the 90th percentile in hours; how many are open, how many of all waited longer than the limit, how many were taken back.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled
WITH answer AS (
  SELECT a.target_no, a.change, a.occurred_at FROM amendment a
  WHERE a.org_id = $org_no AND a.change IN ('acknowledged', 'ended')
),
wish AS (
  SELECT c.fact_no, a.change,
         CAST(EXTRACT(EPOCH FROM (coalesce(a.occurred_at, $now) - c.occurred_at)) / 3600.0 AS DOUBLE PRECISION) AS waited
  FROM contact_asked c
  JOIN enrolled n ON n.person_no = c.person_no AND n.programme_no = c.programme_no AND n.newest = 1
  JOIN cohort_opened h ON h.org_id = c.org_id AND h.cohort_no = n.cohort_no
  LEFT JOIN answer a ON a.target_no = c.fact_no
  WHERE c.org_id = $org_no AND c.programme_no = $programme_no AND h.hub_no = $hub_no
    AND ($cohort_no = -1 OR n.cohort_no = $cohort_no) AND ($among IS NULL OR n.person_no = ANY($among))
    AND c.day BETWEEN $first_day AND $last_day
    AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT count(*) FILTER (WHERE w.change = 'acknowledged') AS n_answered,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY w.waited) FILTER (WHERE w.change = 'acknowledged') AS median_hours,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY w.waited) FILTER (WHERE w.change = 'acknowledged') AS p90_hours,
       count(*) FILTER (WHERE w.change IS NULL) AS n_open,
       max(w.waited) FILTER (WHERE w.change IS NULL) AS longest_open_hours,
       count(*) FILTER (WHERE w.waited > $limit_hours AND (w.change IS NULL OR w.change = 'acknowledged')) AS n_past_limit,
       count(*) FILTER (WHERE w.change = 'ended') AS n_taken_back
FROM wish w
