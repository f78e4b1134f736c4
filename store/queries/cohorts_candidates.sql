-- Who may be put into a cohort of a hub: those who hold an office in it or train in it. Names only.
-- record: cohort
-- right: write
-- reach: hub
-- with: gone, here
WITH known AS (
  SELECT h.person_no FROM here h
  UNION
  SELECT o.person_no
  FROM office_grant o
  WHERE o.org_id = $org_no AND o.hub_no = $hub_no AND (o.until_on IS NULL OR o.until_on >= $today)
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
SELECT k.person_no, coalesce(p.name, 'Person ' || k.person_no) AS name
FROM known k
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = k.person_no
ORDER BY name, k.person_no
