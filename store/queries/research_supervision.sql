-- The supervisions of some people, each with the days since the one before.
-- record: none
-- right: none
-- reach: system
-- with: undone
SELECT s.fact_no, s.person_no, s.day, s.minutes, s.mode,
       s.day - lag(s.day) OVER (PARTITION BY s.person_no ORDER BY s.occurred_at, s.fact_no) AS gap_days
FROM supervision s
WHERE s.org_id = $org_no AND s.programme_no = $programme_no AND s.person_no = ANY($among)
  AND s.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY s.person_no, s.occurred_at, s.fact_no
