-- Counting attempts that reach the pass mark they were judged by: read by the gates of quizzes. A form without items reaches
-- no mark, and one that drew no critical item proves nothing about those.
passed AS (
  SELECT e.person_no, e.version_no, e.role_no, a.blueprint_no, a.day, a.fact_no, a.pass_pct,
         (a.critical_total > 0 AND a.critical_missed = 0) AS is_sound
  FROM enrolled e
  JOIN attempt a ON a.person_no = e.person_no
  WHERE a.org_id = $org_no AND a.person_no BETWEEN $person_from AND $person_to AND a.programme_no = $programme_no
    AND a.counts AND a.max_score > 0
    AND CAST(a.score AS INTEGER) * 100 >= CAST(a.pass_pct AS INTEGER) * CAST(a.max_score AS INTEGER)
    AND a.occurred_at <= $as_of AND a.recorded_at <= $known_at
    AND a.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
