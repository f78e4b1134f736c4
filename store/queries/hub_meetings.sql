-- The meetings of those who train in a hub from one day to another, and where each stands, in the order of time.
-- record: supervision
-- right: see
-- reach: hub
-- with: undone, enrolled
WITH booked AS (
  SELECT b.meeting_no FROM meeting_booked b
  WHERE b.org_id = $org_no AND b.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
closed AS (
  SELECT c.fact_no, c.meeting_no, c.actor_no, c.outcome, c.party, c.reason
  FROM meeting_ended c
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT m.person_no, coalesce(p.name, 'Person ' || m.person_no) AS name, f.fact_id AS meeting_id, t.term AS programme_id, m.meets_on, m.start_minute, m.zone, m.minutes AS minutes, m.mode,
       m.language, m.supervisor_no, coalesce(s.name, 'Person ' || m.supervisor_no) AS supervisor_name,
       (m.actor_no = m.person_no) AS is_taken, (m.fact_no IN (SELECT b.meeting_no FROM booked b)) AS is_booked,
       c.outcome, c.party, c.reason
FROM meeting_offered m
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
JOIN term t ON t.term_no = m.programme_no
LEFT JOIN closed c ON c.meeting_no = m.fact_no
LEFT JOIN person_private s ON s.org_id = m.org_id AND s.person_no = m.supervisor_no
JOIN enrolled n ON n.person_no = m.person_no AND n.programme_no = m.programme_no AND n.newest = 1
JOIN cohort_opened h ON h.org_id = m.org_id AND h.cohort_no = n.cohort_no
LEFT JOIN person_private p ON p.org_id = m.org_id AND p.person_no = m.person_no
WHERE m.org_id = $org_no AND h.hub_no = $hub_no AND m.meets_on BETWEEN $first_day AND $last_day
  AND m.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY m.meets_on, m.start_minute, m.fact_no
