-- The meetings of those who train in a hub from one day to another, and where each stands, in the order of time.
-- record: supervision
-- right: see
-- reach: hub
-- with: undone, enrolled, meetings
SELECT m.person_no, m.name, m.meeting_id, m.programme_id, m.meets_on, m.start_minute, m.zone, m.minutes, m.mode, m.language,
       m.supervisor_no, m.supervisor_name, m.is_taken, m.is_booked, m.outcome, m.party, m.reason
FROM meetings m
JOIN enrolled n ON n.person_no = m.person_no AND n.programme_no = m.programme_no AND n.newest = 1
JOIN cohort_opened h ON h.org_id = $org_no AND h.cohort_no = n.cohort_no
WHERE h.hub_no = $hub_no AND m.meets_on BETWEEN $first_day AND $last_day
ORDER BY m.meets_on, m.start_minute, m.fact_no
