-- The forms about their trainees that the acting trainer has begun and not submitted, oldest first.
-- record: observation
-- right: write
-- reach: assigned
-- with: ended, mine
SELECT f.fact_id, o.person_no, coalesce(p.name, 'Person ' || o.person_no) AS name, o.occurred_at, o.day,
       g.term AS programme_id, o.version_no, c.term AS checklist_id, o.setting
FROM observation_opened o
JOIN mine m ON m.person_no = o.person_no
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN term g ON g.term_no = o.programme_no
JOIN term c ON c.term_no = o.checklist_no
LEFT JOIN person_private p ON p.org_id = o.org_id AND p.person_no = o.person_no
LEFT JOIN observation d ON d.org_id = o.org_id AND d.person_no = o.person_no AND d.opened_no = o.fact_no
WHERE o.org_id = $org_no AND o.actor_no = $actor_no AND d.fact_no IS NULL
  AND o.fact_no NOT IN (SELECT e.target_no FROM ended e)
ORDER BY o.occurred_at, o.fact_no
