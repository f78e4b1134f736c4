-- Who is in the cohorts of a hub now, for which role, whether their time runs, and whether they wait to move elsewhere.
-- record: cohort
-- right: see
-- reach: hub
-- with: gone, here
WITH clock AS (
  SELECT k.person_no, k.programme_no, k.change, k.reason, k.day, k.occurred_at, k.fact_no,
         row_number() OVER (PARTITION BY k.person_no, k.programme_no ORDER BY k.occurred_at DESC, k.fact_no DESC) AS newest
  FROM pause k
  WHERE k.org_id = $org_no AND k.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
moving AS (
  SELECT m.person_no, m.programme_no, min(h.title) AS hub
  FROM move_consent m
  JOIN hub_opened h ON h.org_id = m.org_id AND h.hub_no = m.hub_no
  WHERE m.org_id = $org_no AND m.from_hub_no = $hub_no AND m.fact_no NOT IN (SELECT g.target_no FROM gone g)
  GROUP BY m.person_no, m.programme_no
)
SELECT n.person_no, coalesce(p.name, 'Person ' || n.person_no) AS name, t.term AS cohort_id, g.term AS programme_id,
       r.term AS role_id, n.version_no, n.day AS joined_on,
       coalesce(k.change, 'resumed') AS clock, k.reason AS clock_reason, k.day AS clock_on,
       v.hub AS moves_to
FROM here n
JOIN term t ON t.term_no = n.cohort_no
JOIN term g ON g.term_no = n.programme_no
JOIN term r ON r.term_no = n.role_no
LEFT JOIN clock k
  ON k.person_no = n.person_no AND k.programme_no = n.programme_no AND k.newest = 1
  AND (k.occurred_at > n.occurred_at OR (k.occurred_at = n.occurred_at AND k.fact_no > n.fact_no))
LEFT JOIN moving v ON v.person_no = n.person_no AND v.programme_no = n.programme_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = n.person_no
ORDER BY name, n.person_no
