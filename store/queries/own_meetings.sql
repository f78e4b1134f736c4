-- The acting person's own supervision meetings and where each stands, the latest first.
-- record: supervision
-- right: see
-- reach: own
-- with: undone, meetings
SELECT m.meeting_id, m.programme_id, m.meets_on, m.start_minute, m.zone, m.minutes, m.mode, m.language,
       m.supervisor_no, m.supervisor_name, m.is_taken, m.is_booked, m.outcome, m.party, m.reason
FROM meetings m
WHERE m.person_no = $actor_no
ORDER BY m.meets_on DESC, m.start_minute DESC, m.fact_no DESC
