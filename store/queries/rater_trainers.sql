-- The trainers of a hub today, two by two and each with themselves: how many people they are both given to train.
-- record: none
-- right: none
-- reach: system
-- with: gone
WITH trainer AS (
  SELECT DISTINCT g.person_no
  FROM office_grant g
  WHERE g.org_id = $org_no AND g.office = 'trainer' AND (g.hub_no = $hub_no OR g.hub_no IS NULL)
    AND (g.until_on IS NULL OR g.until_on >= $today) AND g.fact_no NOT IN (SELECT x.target_no FROM gone x)
),
given AS (
  SELECT DISTINCT a.trainer_no, a.person_no
  FROM assignment a
  WHERE a.org_id = $org_no AND a.fact_no NOT IN (SELECT x.target_no FROM gone x)
)
SELECT a.person_no AS one_no, b.person_no AS other_no, count(y.person_no) AS n_shared
FROM trainer a
JOIN trainer b ON b.person_no >= a.person_no
LEFT JOIN given x ON x.trainer_no = a.person_no
LEFT JOIN given y ON y.trainer_no = b.person_no AND y.person_no = x.person_no
GROUP BY a.person_no, b.person_no
ORDER BY a.person_no, b.person_no
