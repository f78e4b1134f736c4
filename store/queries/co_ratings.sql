-- The levels that two trainers or more gave to the same line of the same performance: a row for each rating. Of what one
-- trainer rated twice, the newest counts.
-- record: none
-- right: none
-- reach: system
WITH gone AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'revoked', 'ended')
),
enrolled AS (
  SELECT e.person_no, e.cohort_no,
         row_number() OVER (PARTITION BY e.person_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.programme_no = $programme_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
seen AS (
  SELECT o.fact_no, o.person_no, o.actor_no, o.checklist_no, o.session_code,
         row_number() OVER (
           PARTITION BY o.person_no, o.checklist_no, o.session_code, o.actor_no ORDER BY o.occurred_at DESC, o.fact_no DESC
         ) AS newness
  FROM observation o
  JOIN enrolled e ON e.person_no = o.person_no AND e.newest = 1
  JOIN cohort_opened h ON h.org_id = $org_no AND h.cohort_no = e.cohort_no
  WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.relation = 'trainer' AND o.counts
    AND o.session_code <> '' AND h.hub_no = $hub_no AND ($cohort_no = -1 OR e.cohort_no = $cohort_no)
    AND ($among IS NULL OR o.person_no = ANY($among))
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
rated AS (
  SELECT s.person_no, s.checklist_no, s.session_code, s.actor_no, r.line_no, r.level
  FROM seen s
  JOIN rating r ON r.org_id = $org_no AND r.person_no = s.person_no AND r.fact_no = s.fact_no
  WHERE s.newness = 1 AND r.level IS NOT NULL
)
SELECT r.person_no, k.term AS checklist_id, r.session_code, l.term AS line_id, r.actor_no, r.level
FROM rated r
JOIN (
  SELECT w.person_no, w.checklist_no, w.session_code, w.line_no
  FROM rated w
  GROUP BY w.person_no, w.checklist_no, w.session_code, w.line_no
  HAVING count(*) > 1
) d ON d.person_no = r.person_no AND d.checklist_no = r.checklist_no AND d.session_code = r.session_code
   AND d.line_no = r.line_no
JOIN term k ON k.term_no = r.checklist_no
JOIN term l ON l.term_no = r.line_no
ORDER BY r.person_no, checklist_id, r.session_code, line_id, r.actor_no
