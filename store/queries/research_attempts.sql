-- The quizzes that some people handed in, in force, with the score that counts now.
-- record: none
-- right: none
-- reach: system
-- with: undone
SELECT a.fact_no, a.person_no, b.term AS quiz, s.version_no, s.pool, a.day, a.counts,
       row_number() OVER (PARTITION BY a.person_no, a.blueprint_no, a.counts ORDER BY a.occurred_at, a.fact_no) AS nth,
       a.score, a.max_score, a.per_point, a.pass_pct, a.critical_total, a.critical_missed, a.n_unmarked,
       (a.max_score > 0
        AND CAST(a.score AS INTEGER) * 100 >= CAST(a.pass_pct AS INTEGER) * CAST(a.max_score AS INTEGER)) AS is_passed
FROM attempt a
JOIN attempt_started s ON s.org_id = a.org_id AND s.fact_no = a.started_no
JOIN term b ON b.term_no = a.blueprint_no
WHERE a.org_id = $org_no AND a.programme_no = $programme_no AND a.person_no = ANY($among)
  AND a.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY a.person_no, a.occurred_at, a.fact_no
