-- How many counting forms each of the acting trainer's trainees has started for a quiz since the last unlock, and handed in.
-- record: results
-- right: see
-- reach: assigned
-- with: ended, mine
WITH gone AS (
  SELECT a.target_no, a.change FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
),
opened AS (
  SELECT u.person_no, u.programme_no, u.blueprint_no, max(u.occurred_at) AS last_at
  FROM unlock u JOIN mine m ON m.person_no = u.person_no
  WHERE u.org_id = $org_no AND u.fact_no NOT IN (SELECT g.target_no FROM gone g WHERE g.change <> 'ended')
  GROUP BY u.person_no, u.programme_no, u.blueprint_no
)
SELECT s.person_no, coalesce(p.name, 'Person ' || s.person_no) AS name, r.term AS programme_id, b.term AS blueprint_id,
       max(s.version_no) AS version_no, count(*) AS n_started, count(t.fact_no) AS n_submitted,
       coalesce(bool_or(t.score * 100 >= t.pass_pct * t.max_score AND t.max_score > 0 AND t.critical_missed = 0), false)
         AS is_passed
FROM attempt_started s
JOIN mine m ON m.person_no = s.person_no
JOIN term r ON r.term_no = s.programme_no
JOIN term b ON b.term_no = s.blueprint_no
LEFT JOIN attempt t ON t.org_id = s.org_id AND t.person_no = s.person_no AND t.started_no = s.fact_no
     AND t.fact_no NOT IN (SELECT g.target_no FROM gone g WHERE g.change <> 'ended')
LEFT JOIN opened o ON o.person_no = s.person_no AND o.programme_no = s.programme_no AND o.blueprint_no = s.blueprint_no
LEFT JOIN person_private p ON p.org_id = s.org_id AND p.person_no = s.person_no
WHERE s.org_id = $org_no AND s.pool = 'counting' AND (o.last_at IS NULL OR s.occurred_at >= o.last_at)
  AND s.fact_no NOT IN (SELECT g.target_no FROM gone g WHERE g.change <> 'ended')
GROUP BY s.person_no, p.name, r.term, b.term
ORDER BY name, s.person_no, b.term
