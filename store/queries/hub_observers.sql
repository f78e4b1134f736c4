-- The trainers of a hub and the day of their newest passed calibration in a programme.
-- record: rater
-- right: write
-- reach: hub
-- with: gone
SELECT g.person_no, coalesce(p.name, 'Person ' || g.person_no) AS name, max(c.day) AS calibrated_on
FROM office_grant g
LEFT JOIN person_private p ON p.org_id = g.org_id AND p.person_no = g.person_no
LEFT JOIN calibration c ON c.org_id = g.org_id AND c.person_no = g.person_no AND c.programme_no = $programme_no
     AND c.is_passed AND c.fact_no NOT IN (SELECT x.target_no FROM gone x)
WHERE g.org_id = $org_no AND g.office = 'trainer' AND (g.hub_no = $hub_no OR g.hub_no IS NULL)
  AND (g.until_on IS NULL OR g.until_on >= $today) AND g.fact_no NOT IN (SELECT x.target_no FROM gone x)
GROUP BY g.person_no, p.name
ORDER BY name, g.person_no
