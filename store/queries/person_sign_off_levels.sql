-- The entrustment level of each activity in a person's sign-offs in a programme. While a second look at one is wanted,
-- its levels are told to those alone who know them.
-- record: sign_off
-- right: see
-- reach: person
WITH answered AS (
  SELECT k.target_no, k.agrees, row_number() OVER (PARTITION BY k.target_no ORDER BY k.occurred_at DESC, k.fact_no DESC) AS newest
  FROM acknowledgement k
  WHERE k.org_id = $org_no AND k.person_no = $person_no
),
wanted AS (
  SELECT a.target_no
  FROM answered a
  WHERE a.newest = 1 AND NOT a.agrees
    AND a.target_no NOT IN (
      SELECT q.sign_off_no FROM second_look q WHERE q.org_id = $org_no AND q.person_no = $person_no
    )
)
SELECT f.fact_id, t.term AS activity_id, l.level
FROM sign_off s
JOIN fact_key f ON f.org_id = s.org_id AND f.fact_no = s.fact_no
JOIN sign_off_level l ON l.org_id = s.org_id AND l.person_no = $person_no AND l.fact_no = s.fact_no
JOIN term t ON t.term_no = l.activity_no
WHERE s.org_id = $org_no AND s.person_no = $person_no AND s.programme_no = $programme_no
  AND (s.person_no = $actor_no OR s.actor_no = $actor_no OR s.fact_no NOT IN (SELECT w.target_no FROM wanted w)
    OR s.fact_no IN (
      SELECT c.sign_off_no FROM countersign c
      WHERE c.org_id = $org_no AND c.person_no = $person_no AND c.actor_no = $actor_no
    ))
ORDER BY s.occurred_at DESC, l.position
