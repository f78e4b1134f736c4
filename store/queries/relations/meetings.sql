-- Supervision meetings that were offered, and where each stands.
booked AS (
  SELECT b.meeting_no FROM meeting_booked b
  WHERE b.org_id = $org_no AND b.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
closed AS (
  SELECT c.fact_no, c.meeting_no, c.actor_no, c.outcome, c.party, c.reason
  FROM meeting_ended c
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
meetings AS (
  SELECT m.fact_no, m.person_no, coalesce(p.name, 'Person ' || m.person_no) AS name, f.fact_id AS meeting_id,
         m.programme_no, t.term AS programme_id, m.meets_on, m.start_minute, m.zone, m.minutes AS minutes, m.mode, m.language,
         m.supervisor_no, coalesce(s.name, 'Person ' || m.supervisor_no) AS supervisor_name,
         (m.actor_no = m.person_no) AS is_taken, (m.fact_no IN (SELECT b.meeting_no FROM booked b)) AS is_booked,
         c.outcome, c.party, c.reason, c.actor_no AS closer_no, c.fact_no AS closed_no
  FROM meeting_offered m
  JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
  JOIN term t ON t.term_no = m.programme_no
  LEFT JOIN closed c ON c.meeting_no = m.fact_no
  LEFT JOIN person_private s ON s.org_id = m.org_id AND s.person_no = m.supervisor_no
  LEFT JOIN person_private p ON p.org_id = m.org_id AND p.person_no = m.person_no
  WHERE m.org_id = $org_no AND m.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
