-- What the acting person has asked to be watched at, not yet followed by a form of a trainer.
-- record: observation
-- right: see
-- reach: own
WITH gone AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $actor_no AND a.change IN ('void', 'replaced')
)
SELECT f.fact_id, q.occurred_at, c.term AS checklist_id, q.setting,
       CASE WHEN q.asked_no IS NULL THEN NULL ELSE coalesce(p.name, 'Person ' || q.asked_no) END AS asked_name
FROM observation_request q
JOIN fact_key f ON f.org_id = q.org_id AND f.fact_no = q.fact_no
JOIN term c ON c.term_no = q.checklist_no
LEFT JOIN person_private p ON p.org_id = q.org_id AND p.person_no = q.asked_no
LEFT JOIN (
  SELECT o.checklist_no, o.setting, max(o.occurred_at) AS last_at
  FROM observation_opened o
  WHERE o.org_id = $org_no AND o.person_no = $actor_no AND o.programme_no = $programme_no AND o.relation = 'trainer'
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
  GROUP BY o.checklist_no, o.setting
) watched ON watched.checklist_no = q.checklist_no AND watched.setting = q.setting
WHERE q.org_id = $org_no AND q.person_no = $actor_no AND q.programme_no = $programme_no
  AND (watched.last_at IS NULL OR watched.last_at < q.occurred_at)
  AND q.fact_no NOT IN (SELECT g.target_no FROM gone g)
ORDER BY q.occurred_at DESC, q.fact_no DESC
