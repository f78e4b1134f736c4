-- How often each line of each checklist was given which level by trainers, of those who train in a hub in a programme.
-- record: none
-- right: none
-- reach: system
WITH gone AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'revoked', 'ended')
),
here AS (
  SELECT n.person_no
  FROM (
    SELECT e.person_no, e.cohort_no,
           row_number() OVER (PARTITION BY e.person_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
    FROM enrolment e
    WHERE e.org_id = $org_no AND e.programme_no = $programme_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
  ) n
  JOIN cohort_opened w ON w.org_id = $org_no AND w.cohort_no = n.cohort_no AND w.hub_no = $hub_no
  WHERE n.newest = 1
)
SELECT c.term AS checklist_id, l.term AS line_id, r.level, count(*) AS n
FROM observation o
JOIN here h ON h.person_no = o.person_no
JOIN rating r ON r.org_id = $org_no AND r.fact_no = o.fact_no AND r.person_no = o.person_no AND r.level IS NOT NULL
JOIN term c ON c.term_no = o.checklist_no
JOIN term l ON l.term_no = r.line_no
WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer'
  AND o.day BETWEEN $first_day AND $last_day AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
GROUP BY c.term, l.term, r.level
ORDER BY c.term, l.term, r.level
