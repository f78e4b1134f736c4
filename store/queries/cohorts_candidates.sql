-- Who may be put into a cohort of a hub: those who hold an office in it or train in it. Names only.
-- record: cohort
-- right: write
-- reach: hub
WITH gone AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
),
enrolled AS (
  SELECT e.person_no, e.cohort_no,
         row_number() OVER (PARTITION BY e.person_no, e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
here AS (
  SELECT n.person_no
  FROM enrolled n
  JOIN cohort_opened c ON c.org_id = $org_no AND c.cohort_no = n.cohort_no
  WHERE n.newest = 1 AND c.hub_no = $hub_no
  UNION
  SELECT o.person_no
  FROM office_grant o
  WHERE o.org_id = $org_no AND o.hub_no = $hub_no AND (o.until_on IS NULL OR o.until_on >= $today)
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
SELECT h.person_no, coalesce(p.name, 'Person ' || h.person_no) AS name
FROM here h
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = h.person_no
ORDER BY name, h.person_no
