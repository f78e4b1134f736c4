-- The acting person's peer leaders watched and reflections written in a programme, newest first.
-- record: results
-- right: see
-- reach: own
SELECT f.fact_id, m.kind, m.what, m.day, m.occurred_at, coalesce(n.text, '') AS note,
       CASE WHEN m.other_no IS NULL THEN NULL ELSE coalesce(p.name, 'Person ' || m.other_no) END AS other_name
FROM milestone m
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
LEFT JOIN private_text n ON n.org_id = m.org_id AND n.fact_no = m.fact_no AND n.field = 'note'
LEFT JOIN person_private p ON p.org_id = m.org_id AND p.person_no = m.other_no
WHERE m.org_id = $org_no AND m.person_no = $actor_no AND m.programme_no = $programme_no
  AND m.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.change IN ('void', 'replaced')
  )
ORDER BY m.occurred_at DESC, m.fact_no DESC
