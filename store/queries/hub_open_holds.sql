-- Whose practice is on hold in a hub and since when, and whether it was talked through: never why.
-- record: hold
-- right: see
-- reach: hub
WITH change AS (
  SELECT a.target_no, a.change FROM amendment a WHERE a.org_id = $org_no
),
here AS (
  SELECT n.person_no, n.programme_no
  FROM (
    SELECT e.person_no, e.programme_no, e.cohort_no,
           row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
    FROM enrolment e
    WHERE e.org_id = $org_no
      AND e.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced'))
  ) n
  JOIN cohort_opened w ON w.org_id = $org_no AND w.cohort_no = n.cohort_no AND w.hub_no = $hub_no
  WHERE n.newest = 1
)
SELECT h.person_no, coalesce(p.name, 'Person ' || h.person_no) AS name, g.term AS programme_id,
       max(o.version_no) AS version_no, min(h.day) AS since, count(d.fact_no) = count(*) AS is_debriefed
FROM hold h
JOIN here w ON w.person_no = h.person_no AND w.programme_no = h.programme_no
JOIN observation o ON o.org_id = h.org_id AND o.fact_no = h.observation_no
JOIN term g ON g.term_no = h.programme_no
LEFT JOIN debrief d ON d.org_id = h.org_id AND d.observation_no = h.observation_no
LEFT JOIN person_private p ON p.org_id = h.org_id AND p.person_no = h.person_no
WHERE h.org_id = $org_no
  AND h.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'lifted'))
GROUP BY h.person_no, p.name, g.term
ORDER BY since, name
