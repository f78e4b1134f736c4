-- What the acting person has asked a partner to fill in about them, not yet followed by that partner's form, newest first.
-- record: observation
-- right: see
-- reach: own
SELECT f.fact_id, q.occurred_at, c.term AS checklist_id, q.setting,
       coalesce(p.name, 'Person ' || q.asked_no) AS asked_name
FROM observation_request q
JOIN fact_key f ON f.org_id = q.org_id AND f.fact_no = q.fact_no
JOIN term c ON c.term_no = q.checklist_no
LEFT JOIN person_private p ON p.org_id = q.org_id AND p.person_no = q.asked_no
LEFT JOIN (
  SELECT o.checklist_no, o.setting, o.actor_no, max(o.occurred_at) AS last_at
  FROM observation_opened o
  WHERE o.org_id = $org_no AND o.person_no = $actor_no AND o.programme_no = $programme_no AND o.relation = 'partner'
  GROUP BY o.checklist_no, o.setting, o.actor_no
) b ON b.checklist_no = q.checklist_no AND b.setting = q.setting AND b.actor_no = q.asked_no
WHERE q.org_id = $org_no AND q.person_no = $actor_no AND q.programme_no = $programme_no AND q.asked_no IS NOT NULL
  AND (b.last_at IS NULL OR b.last_at < q.occurred_at)
  AND q.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.change IN ('void', 'replaced')
  )
ORDER BY q.occurred_at DESC, q.fact_no DESC
