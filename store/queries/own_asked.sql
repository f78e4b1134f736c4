-- What others in the programme have asked the acting person to fill in about them and the acting person has not begun,
-- oldest first.
-- record: none
-- right: none
-- reach: own
-- with: ended
WITH enrolled AS (
  SELECT e.person_no, e.cohort_no, e.version_no,
         row_number() OVER (PARTITION BY e.person_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.programme_no = $programme_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
),
here AS (
  SELECT n.person_no, n.version_no, c.hub_no
  FROM enrolled n
  JOIN cohort_opened c ON c.org_id = $org_no AND c.cohort_no = n.cohort_no
  WHERE n.newest = 1
),
begun AS (
  SELECT o.person_no, o.checklist_no, o.setting, max(o.occurred_at) AS last_at
  FROM observation_opened o
  WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.actor_no = $actor_no AND o.relation = 'partner'
  GROUP BY o.person_no, o.checklist_no, o.setting
)
SELECT DISTINCT f.fact_id, q.person_no, coalesce(p.name, 'Person ' || q.person_no) AS name, q.occurred_at,
       c.term AS checklist_id, q.setting, h.version_no
FROM observation_request q
JOIN here h ON h.person_no = q.person_no
JOIN here mine ON mine.hub_no = h.hub_no AND mine.person_no = $actor_no
JOIN fact_key f ON f.org_id = q.org_id AND f.fact_no = q.fact_no
JOIN term c ON c.term_no = q.checklist_no
LEFT JOIN begun b ON b.person_no = q.person_no AND b.checklist_no = q.checklist_no AND b.setting = q.setting
LEFT JOIN person_private p ON p.org_id = q.org_id AND p.person_no = q.person_no
WHERE q.org_id = $org_no AND q.programme_no = $programme_no AND q.asked_no = $actor_no AND q.person_no <> $actor_no
  AND (b.last_at IS NULL OR b.last_at < q.occurred_at)
  AND q.fact_no NOT IN (SELECT g.target_no FROM ended g)
ORDER BY q.occurred_at, f.fact_id
