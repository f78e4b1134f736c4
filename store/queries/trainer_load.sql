-- What the trainers of a hub's people did on some days, a row for each form and supervision: the seconds that a form took,
-- and the hours until its trainee said that they had read it.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled
WITH here AS (
  SELECT n.person_no
  FROM enrolled n
  JOIN cohort_opened h ON h.cohort_no = n.cohort_no
  WHERE h.org_id = $org_no AND n.newest = 1 AND n.programme_no = $programme_no AND h.hub_no = $hub_no
    AND ($cohort_no = -1 OR n.cohort_no = $cohort_no)
),
seen AS (
  SELECT a.target_no, min(a.occurred_at) AS seen_at
  FROM amendment a
  WHERE a.org_id = $org_no AND a.change = 'acknowledged'
  GROUP BY a.target_no
)
SELECT o.actor_no AS trainer_no, o.day, 1 AS n_forms, o.seconds AS seconds, 0 AS n_meetings,
       CAST(extract(epoch FROM (s.seen_at - o.occurred_at)) / 3600 AS DOUBLE PRECISION) AS hours
FROM observation o
LEFT JOIN seen s ON s.target_no = o.fact_no
WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer'
  AND o.day BETWEEN $first_day AND $last_day
  AND o.person_no IN (SELECT h.person_no FROM here h)
  AND o.fact_no NOT IN (SELECT g.target_no FROM undone g)
UNION ALL
SELECT v.supervisor_no AS trainer_no, v.day, 0 AS n_forms, 0 AS seconds, 1 AS n_meetings, CAST(NULL AS DOUBLE PRECISION) AS hours
FROM supervision v
WHERE v.org_id = $org_no AND v.programme_no = $programme_no
  AND v.day BETWEEN $first_day AND $last_day
  AND v.person_no IN (SELECT h.person_no FROM here h)
  AND v.fact_no NOT IN (SELECT g.target_no FROM undone g)
