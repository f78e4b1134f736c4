-- Who in a hub waits to be contacted, and by whom, the longest first. What about is between them and their trainers.
-- record: supervision
-- right: see
-- reach: hub
-- with: undone, enrolled
WITH answered AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'acknowledged', 'ended')
)
SELECT f.fact_id AS contact_id, c.person_no, coalesce(p.name, 'Person ' || c.person_no) AS name, t.term AS programme_id,
       c.occurred_at, CASE WHEN c.asked_no IS NULL THEN NULL ELSE coalesce(q.name, 'Person ' || c.asked_no) END AS asked_name
FROM contact_asked c
JOIN enrolled n ON n.person_no = c.person_no AND n.programme_no = c.programme_no AND n.newest = 1
JOIN cohort_opened h ON h.org_id = c.org_id AND h.cohort_no = n.cohort_no
JOIN fact_key f ON f.org_id = c.org_id AND f.fact_no = c.fact_no
JOIN term t ON t.term_no = c.programme_no
LEFT JOIN person_private p ON p.org_id = c.org_id AND p.person_no = c.person_no
LEFT JOIN person_private q ON q.org_id = c.org_id AND q.person_no = c.asked_no
WHERE c.org_id = $org_no AND h.hub_no = $hub_no AND c.fact_no NOT IN (SELECT a.target_no FROM answered a)
ORDER BY c.occurred_at, c.fact_no
