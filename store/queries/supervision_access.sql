-- What became of the supervision meetings that were offered for the days asked about: a row for each outcome, party and
-- reason (`open` for those that nobody has closed), with how many.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled
WITH closed AS (
  SELECT c.fact_no, c.meeting_no, c.actor_no, c.outcome, c.party, c.reason
  FROM meeting_ended c
  WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT coalesce(c.outcome, 'open') AS outcome, c.party, c.reason, count(*) AS n
FROM meeting_offered m
JOIN enrolled n ON n.person_no = m.person_no AND n.programme_no = m.programme_no AND n.newest = 1
JOIN cohort_opened h ON h.org_id = m.org_id AND h.cohort_no = n.cohort_no
LEFT JOIN closed c ON c.meeting_no = m.fact_no
WHERE m.org_id = $org_no AND m.programme_no = $programme_no AND h.hub_no = $hub_no
  AND ($cohort_no = -1 OR n.cohort_no = $cohort_no) AND ($among IS NULL OR n.person_no = ANY($among))
  AND m.meets_on BETWEEN $first_day AND $last_day
  AND m.fact_no NOT IN (SELECT g.target_no FROM undone g)
GROUP BY coalesce(c.outcome, 'open'), c.party, c.reason
ORDER BY outcome, c.party, c.reason
