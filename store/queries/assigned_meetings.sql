-- The meetings of the acting trainer with their trainees and where each stands, in the order of time. `end_id` names what
-- closed a meeting, for who closed it.
-- record: supervision
-- right: see
-- reach: assigned
-- with: undone, ended, mine, meetings
SELECT m.person_no, m.name, m.meeting_id, m.programme_id, m.meets_on, m.start_minute, m.zone, m.minutes, m.mode, m.language,
       m.supervisor_no, m.supervisor_name, m.is_taken, m.is_booked, m.outcome, m.party, m.reason,
       CASE WHEN m.closer_no = $actor_no THEN k.fact_id END AS end_id
FROM meetings m
LEFT JOIN fact_key k ON k.org_id = $org_no AND k.fact_no = m.closed_no
WHERE m.supervisor_no = $actor_no AND m.person_no IN (SELECT o.person_no FROM mine o)
ORDER BY m.meets_on, m.start_minute, m.fact_no
