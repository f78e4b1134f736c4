-- Who opened the acting person's record, newest first.
-- record: audit
-- right: see
-- reach: own
SELECT o.occurred_at, o.what, o.actor_no, coalesce(p.name, 'Person ' || o.actor_no) AS name
FROM record_opened o
LEFT JOIN person_private p ON p.org_id = o.org_id AND p.person_no = o.actor_no
WHERE o.org_id = $org_no AND o.person_no = $actor_no AND o.actor_no <> $actor_no
ORDER BY o.occurred_at DESC, o.fact_no DESC
LIMIT 100
