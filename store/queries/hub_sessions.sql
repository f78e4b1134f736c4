-- The sessions of a hub's cohorts from one day to another, with what was noted of their preparation.
-- record: supervision
-- right: see
-- reach: hub
-- with: ended, preparing
SELECT v.planned_id, v.programme_id, v.cohort_id, v.cohort_title, v.kind, v.session_code, v.meets_on, v.start_minute, v.zone,
       v.minutes, v.first_leader_no, v.first_leader_name, v.second_leader_no, v.second_leader_name, v.thing, v.state
FROM preparing v
WHERE v.hub_no = $hub_no AND v.meets_on BETWEEN $first_day AND $last_day
ORDER BY v.meets_on, v.start_minute, v.fact_no, v.thing
