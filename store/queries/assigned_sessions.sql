-- The sessions to come that the acting trainer's trainees lead, with what was noted of their preparation.
-- record: supervision
-- right: see
-- reach: assigned
-- with: ended, mine, preparing
SELECT v.planned_id, v.programme_id, v.cohort_id, v.cohort_title, v.kind, v.session_code, v.meets_on, v.start_minute, v.zone,
       v.minutes, v.first_leader_no, v.first_leader_name, v.second_leader_no, v.second_leader_name, v.thing, v.state
FROM preparing v
WHERE v.meets_on >= $today
  AND (v.first_leader_no IN (SELECT o.person_no FROM mine o) OR v.second_leader_no IN (SELECT o.person_no FROM mine o))
ORDER BY v.meets_on, v.start_minute, v.fact_no, v.thing
