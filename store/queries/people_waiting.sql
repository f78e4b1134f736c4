-- Those whom the acting person added and who have no office and no cohort yet.
-- record: none
-- right: none
-- reach: own
-- with: ended
SELECT p.person_no, p.name, p.login,
       p.person_no IN (SELECT w.person_no FROM password_set w WHERE w.org_id = $org_no) AS has_password
FROM person_added d
JOIN person_private p ON p.org_id = d.org_id AND p.person_no = d.person_no
WHERE d.org_id = $org_no AND d.actor_no = $actor_no
  AND d.person_no NOT IN (
    SELECT o.person_no FROM office_grant o
    WHERE o.org_id = $org_no AND (o.until_on IS NULL OR o.until_on >= $today)
      AND o.fact_no NOT IN (SELECT g.target_no FROM ended g)
  )
  AND d.person_no NOT IN (
    SELECT e.person_no FROM enrolment e
    WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
  )
ORDER BY p.name, p.person_no
