-- Those of the acting trainer's trainees who wait to be contacted, by this trainer or by any, the longest first.
-- record: supervision
-- right: see
-- reach: assigned
-- with: ended, mine
WITH answered AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'acknowledged', 'ended')
)
SELECT f.fact_id AS contact_id, c.person_no, coalesce(p.name, 'Person ' || c.person_no) AS name, t.term AS programme_id,
       c.occurred_at, c.topic, c.asked_no
FROM contact_asked c
JOIN mine m ON m.person_no = c.person_no
JOIN fact_key f ON f.org_id = c.org_id AND f.fact_no = c.fact_no
JOIN term t ON t.term_no = c.programme_no
LEFT JOIN person_private p ON p.org_id = c.org_id AND p.person_no = c.person_no
WHERE c.org_id = $org_no AND (c.asked_no IS NULL OR c.asked_no = $actor_no)
  AND c.fact_no NOT IN (SELECT a.target_no FROM answered a)
ORDER BY c.occurred_at, c.fact_no
