-- How often the trainers of a hub's people sat down with them on some days: live sessions watched, counted once for each
-- trainer and day, other observations, and supervisions; and how many trainers there were.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled
WITH here AS (
  SELECT n.person_no
  FROM enrolled n
  JOIN cohort_opened h ON h.cohort_no = n.cohort_no
  WHERE h.org_id = $org_no AND n.newest = 1 AND n.programme_no = $programme_no AND h.hub_no = $hub_no
),
contact AS (
  SELECT DISTINCT o.actor_no AS trainer_no, o.person_no, o.day, o.setting AS kind,
         CASE WHEN o.setting = 'live' THEN 0 ELSE o.fact_no END AS nth
  FROM observation o
  WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer'
    AND o.day BETWEEN $first_day AND $last_day
    AND o.person_no IN (SELECT h.person_no FROM here h)
    AND o.fact_no NOT IN (SELECT g.target_no FROM undone g)
  UNION ALL
  SELECT s.supervisor_no AS trainer_no, s.person_no, s.day, 'meeting' AS kind, s.fact_no AS nth
  FROM supervision s
  WHERE s.org_id = $org_no AND s.programme_no = $programme_no
    AND s.day BETWEEN $first_day AND $last_day
    AND s.person_no IN (SELECT h.person_no FROM here h)
    AND s.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT count(*) AS n_contacts, count(DISTINCT c.trainer_no) AS n_trainers
FROM contact c
