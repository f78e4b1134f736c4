-- One account, by sign-in name or by person: with the newest password.
-- record: none
-- right: none
-- reach: system
SELECT p.person_no, p.login, w.password_hash
FROM person_private p
LEFT JOIN (
  SELECT s.person_no, s.password_hash, row_number() OVER (PARTITION BY s.person_no ORDER BY s.fact_no DESC) AS newest
  FROM password_set s
  WHERE s.org_id = $org_no AND s.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
  )
) w ON w.person_no = p.person_no AND w.newest = 1
WHERE p.org_id = $org_no AND (p.login = $login OR p.person_no = $person_no)
