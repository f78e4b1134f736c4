-- How some people took part in the taught sessions; the newest entry of a session holds.
-- record: none
-- right: none
-- reach: system
-- with: undone
SELECT w.person_no, t.term AS session, w.day, w.presence, w.minutes
FROM (
  SELECT a.person_no, a.session_no, a.day, a.presence, a.minutes,
         row_number() OVER (PARTITION BY a.person_no, a.session_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
  FROM attendance a
  WHERE a.org_id = $org_no AND a.programme_no = $programme_no AND a.person_no = ANY($among)
    AND a.fact_no NOT IN (SELECT g.target_no FROM undone g)
) w
JOIN term t ON t.term_no = w.session_no
WHERE w.newness = 1
ORDER BY w.person_no, w.day, session
