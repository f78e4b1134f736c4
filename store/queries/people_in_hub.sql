-- The people of a hub, a row for each office that they hold there or in all hubs (no office: they only train there).
-- Who comes in by an office for all hubs is named without their sign-in name: that is for who looks after all hubs.
-- record: people
-- right: see
-- reach: hub
-- with: gone, here
WITH held AS (
  SELECT o.person_no, o.fact_no, o.office, o.hub_no, o.record_no, o.until_on
  FROM office_grant o
  WHERE o.org_id = $org_no AND (o.until_on IS NULL OR o.until_on >= $today)
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
    AND (
      o.hub_no = $hub_no
      OR (o.hub_no IS NULL AND o.record_no IS NULL AND o.office <> 'administrator')
      OR o.record_no IN (SELECT t.person_no FROM here t)
    )
),
belonging AS (
  SELECT t.person_no FROM here t
  UNION
  SELECT h.person_no FROM held h WHERE h.hub_no = $hub_no OR h.record_no IS NOT NULL
),
listed AS (
  SELECT r.person_no FROM belonging r
  UNION
  SELECT h.person_no FROM held h
)
SELECT l.person_no, coalesce(p.name, 'Person ' || l.person_no) AS name,
       CASE WHEN l.person_no IN (SELECT r.person_no FROM belonging r) THEN coalesce(p.login, '') ELSE '' END AS login,
       l.person_no IN (SELECT r.person_no FROM belonging r) AS is_here,
       l.person_no IN (SELECT t.person_no FROM here t) AS is_training,
       l.person_no IN (SELECT w.person_no FROM password_set w WHERE w.org_id = $org_no) AS has_password,
       f.fact_id AS grant_id, h.office, u.term AS hub_id, h.until_on, h.record_no,
       coalesce(q.name, 'Person ' || h.record_no) AS record_name
FROM listed l
LEFT JOIN held h ON h.person_no = l.person_no
LEFT JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = h.fact_no
LEFT JOIN term u ON u.term_no = h.hub_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = l.person_no
LEFT JOIN person_private q ON q.org_id = $org_no AND q.person_no = h.record_no
ORDER BY name, l.person_no, h.fact_no
