-- The evaluations that the acting person has begun, about themselves or a partner, newest first: only what they wrote.
-- record: none
-- right: none
-- reach: own
-- with: ended
SELECT f.fact_id, o.person_no, coalesce(p.name, 'Person ' || o.person_no) AS name, o.relation, c.term AS checklist_id,
       o.setting, o.session_code, o.version_no, o.day, o.occurred_at, d.fact_no IS NOT NULL AS is_submitted
FROM observation_opened o
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN term c ON c.term_no = o.checklist_no
LEFT JOIN person_private p ON p.org_id = o.org_id AND p.person_no = o.person_no
LEFT JOIN observation d ON d.org_id = o.org_id AND d.person_no = o.person_no AND d.opened_no = o.fact_no
WHERE o.org_id = $org_no AND o.actor_no = $actor_no AND o.programme_no = $programme_no
  AND o.relation IN ('self', 'partner')
  AND o.fact_no NOT IN (SELECT g.target_no FROM ended g)
  AND (d.fact_no IS NULL OR d.fact_no NOT IN (SELECT g.target_no FROM ended g))
ORDER BY o.occurred_at DESC, o.fact_no DESC
