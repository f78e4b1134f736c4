-- How the trainers of a hub rated the lines of the vignettes in each of their whole rounds, beside the gold levels.
-- record: rater
-- right: write
-- reach: hub
-- with: gone
WITH rater AS (
  SELECT DISTINCT g.person_no
  FROM office_grant g
  WHERE g.org_id = $org_no AND g.office = 'trainer' AND (g.hub_no = $hub_no OR g.hub_no IS NULL)
    AND (g.until_on IS NULL OR g.until_on >= $today) AND g.fact_no NOT IN (SELECT x.target_no FROM gone x)
),
whole AS (
  SELECT v.person_no, v.round_no, max(v.day) AS day
  FROM vignette_rated v
  JOIN rater r ON r.person_no = v.person_no
  WHERE v.org_id = $org_no AND v.programme_no = $programme_no
  GROUP BY v.person_no, v.round_no
  HAVING count(*) >= max(v.n_vignettes)
)
SELECT v.person_no, coalesce(p.name, 'Person ' || v.person_no) AS name, t.term AS vignette_id, l.term AS line_id,
       k.level, k.gold, w.round_no, w.day
FROM whole w
JOIN vignette_rated v ON v.person_no = w.person_no AND v.round_no = w.round_no
JOIN vignette_rated_line k ON k.org_id = $org_no AND k.fact_no = v.fact_no
JOIN term t ON t.term_no = v.vignette_no
JOIN term l ON l.term_no = k.line_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = v.person_no
WHERE v.org_id = $org_no AND v.programme_no = $programme_no
ORDER BY name, v.person_no, w.round_no, t.term, k.position
