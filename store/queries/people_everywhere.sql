-- Everybody with an account, a row for each office that they hold anywhere (no office: a person without a task yet).
-- record: people
-- right: see
-- reach: anywhere
-- with: ended
WITH held AS (
  SELECT o.person_no, o.fact_no, o.office, o.hub_no, o.record_no, o.until_on
  FROM office_grant o
  WHERE o.org_id = $org_no AND (o.until_on IS NULL OR o.until_on >= $today)
    AND o.fact_no NOT IN (SELECT g.target_no FROM ended g)
)
SELECT p.person_no, p.name, p.login, TRUE AS is_here,
       p.person_no IN (
         SELECT e.person_no FROM enrolment e WHERE e.org_id = $org_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
       ) AS is_training,
       p.person_no IN (SELECT w.person_no FROM password_set w WHERE w.org_id = $org_no) AS has_password,
       f.fact_id AS grant_id, h.office, u.term AS hub_id, h.until_on, h.record_no,
       coalesce(q.name, 'Person ' || h.record_no) AS record_name
FROM person_private p
LEFT JOIN held h ON h.person_no = p.person_no
LEFT JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = h.fact_no
LEFT JOIN term u ON u.term_no = h.hub_no
LEFT JOIN person_private q ON q.org_id = $org_no AND q.person_no = h.record_no
WHERE p.org_id = $org_no
ORDER BY p.name, p.person_no, h.fact_no
