-- What the acting person has asked to be contacted about, with the answer, newest first.
-- record: supervision
-- right: see
-- reach: own
SELECT f.fact_id AS contact_id, t.term AS programme_id, c.occurred_at, c.topic,
       CASE WHEN c.asked_no IS NULL THEN NULL ELSE coalesce(p.name, 'Person ' || c.asked_no) END AS asked_name,
       a.change AS answer, a.occurred_at AS answered_at,
       CASE WHEN a.actor_no IS NULL THEN NULL ELSE coalesce(q.name, 'Person ' || a.actor_no) END AS answered_name
FROM contact_asked c
JOIN fact_key f ON f.org_id = c.org_id AND f.fact_no = c.fact_no
JOIN term t ON t.term_no = c.programme_no
LEFT JOIN amendment a ON a.org_id = c.org_id AND a.target_no = c.fact_no
LEFT JOIN person_private p ON p.org_id = c.org_id AND p.person_no = c.asked_no
LEFT JOIN person_private q ON q.org_id = c.org_id AND q.person_no = a.actor_no
WHERE c.org_id = $org_no AND c.person_no = $actor_no
ORDER BY c.occurred_at DESC, c.fact_no DESC
