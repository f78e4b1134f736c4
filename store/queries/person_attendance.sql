-- The newest entry in force of a person for each taught session of a programme.
-- record: supervision
-- right: see
-- reach: person
SELECT f.fact_id, s.term AS session_id, n.day, n.presence, n.minutes
FROM (
  SELECT t.*, row_number() OVER (PARTITION BY t.session_no ORDER BY t.occurred_at DESC, t.fact_no DESC) AS newest
  FROM attendance t
  WHERE t.org_id = $org_no AND t.person_no = $person_no AND t.programme_no = $programme_no
    AND t.fact_no NOT IN (
      SELECT a.target_no FROM amendment a
      WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
    )
) n
JOIN fact_key f ON f.org_id = n.org_id AND f.fact_no = n.fact_no
JOIN term s ON s.term_no = n.session_no
WHERE n.newest = 1
ORDER BY n.day, s.term
