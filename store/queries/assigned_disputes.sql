-- Decisions on the acting trainer's trainees that these see differently: each waits for a second look by who took no part.
-- What the decision was is not told.
-- record: sign_off
-- right: decide
-- reach: assigned
-- with: undone, ended, revoked, decisions, mine
SELECT f.fact_id, s.person_no, coalesce(p.name, 'Person ' || s.person_no) AS name, g.term AS programme_id,
       w.day AS since, 'look_wanted' AS step
FROM latest s
JOIN mine m ON m.person_no = s.person_no
JOIN answered w ON w.target_no = s.fact_no AND w.newest = 1 AND NOT w.agrees
JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = s.fact_no
JOIN term g ON g.term_no = s.programme_no
LEFT JOIN second_look q ON q.org_id = $org_no AND q.sign_off_no = s.fact_no
LEFT JOIN countersign c ON c.org_id = $org_no AND c.sign_off_no = s.fact_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = s.person_no
WHERE s.newest = 1 AND q.fact_no IS NULL AND s.actor_no <> $actor_no AND coalesce(c.actor_no, -1) <> $actor_no
  AND (NOT s.is_granted OR s.valid_until >= $today)
  AND s.fact_no NOT IN (SELECT x.target_no FROM revoked x)
ORDER BY w.day, name, s.person_no
