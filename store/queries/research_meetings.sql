-- The supervision meetings that were offered to some people up to today, and what became of them.
-- record: none
-- right: none
-- reach: system
-- with: undone
WITH closed AS (
  SELECT c.meeting_no, c.outcome, c.party, c.reason
  FROM meeting_ended c
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT m.fact_no, m.person_no, m.meets_on AS day, m.minutes, m.mode, coalesce(c.outcome, 'open') AS outcome, c.party, c.reason
FROM meeting_offered m
LEFT JOIN closed c ON c.meeting_no = m.fact_no
WHERE m.org_id = $org_no AND m.programme_no = $programme_no AND m.person_no = ANY($among) AND m.meets_on <= $today
  AND m.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY m.person_no, m.meets_on, m.start_minute, m.fact_no
