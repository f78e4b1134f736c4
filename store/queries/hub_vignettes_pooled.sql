-- How far the trainers of a hub agree with the gold levels of the vignettes in their newest whole rounds: numbers, no names.
-- record: rater
-- right: see_aggregate
-- reach: hub
-- with: gone
WITH rater AS (
  SELECT DISTINCT g.person_no
  FROM office_grant g
  WHERE g.org_id = $org_no AND g.office = 'trainer' AND (g.hub_no = $hub_no OR g.hub_no IS NULL)
    AND (g.until_on IS NULL OR g.until_on >= $today) AND g.fact_no NOT IN (SELECT x.target_no FROM gone x)
),
whole AS (
  SELECT v.person_no, v.round_no
  FROM vignette_rated v
  JOIN rater r ON r.person_no = v.person_no
  WHERE v.org_id = $org_no AND v.programme_no = $programme_no
  GROUP BY v.person_no, v.round_no
  HAVING count(*) >= max(v.n_vignettes)
),
newest AS (SELECT w.person_no, max(w.round_no) AS round_no FROM whole w GROUP BY w.person_no)
SELECT (SELECT count(*) FROM rater r) AS n_trainers, count(DISTINCT v.person_no) AS n_raters, count(*) AS n_lines,
       count(*) FILTER (WHERE k.level = k.gold) AS n_exact
FROM newest n
JOIN vignette_rated v ON v.person_no = n.person_no AND v.round_no = n.round_no
JOIN vignette_rated_line k ON k.org_id = $org_no AND k.fact_no = v.fact_no
WHERE v.org_id = $org_no AND v.programme_no = $programme_no
