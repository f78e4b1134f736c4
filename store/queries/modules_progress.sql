-- How far the acting person has come in each module of a programme that they have opened: the step they were at last.
-- record: results
-- right: see
-- reach: own
SELECT t.term AS module_id,
       max(CASE WHEN p.newest = 1 THEN p.step END) AS step,
       bool_or(p.is_read) AS is_read,
       max(p.occurred_at) AS seen_at
FROM (
  SELECT m.module_no, m.step, m.is_read, m.occurred_at,
         row_number() OVER (PARTITION BY m.module_no ORDER BY m.occurred_at DESC, m.fact_no DESC) AS newest
  FROM module_progress m
  WHERE m.org_id = $org_no AND m.person_no = $actor_no AND m.programme_no = $programme_no
    AND m.fact_no NOT IN (
      SELECT a.target_no FROM amendment a
      WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.change IN ('void', 'replaced')
    )
) p
JOIN term t ON t.term_no = p.module_no
GROUP BY t.term
ORDER BY t.term
