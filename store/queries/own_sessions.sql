-- The sessions to come that the acting person leads, with what was noted of their preparation: a row for each thing.
-- record: supervision
-- right: see
-- reach: own
-- with: ended, preparing
SELECT v.planned_id, v.programme_id, v.cohort_id, v.cohort_title, v.kind, v.session_code, v.meets_on, v.start_minute, v.zone,
       v.minutes, v.first_leader_no, v.first_leader_name, v.second_leader_no, v.second_leader_name, v.thing, v.state
FROM preparing v
WHERE (v.first_leader_no = $actor_no OR v.second_leader_no = $actor_no) AND v.meets_on >= $today
ORDER BY v.meets_on, v.start_minute, v.fact_no, v.thing
