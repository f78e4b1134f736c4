-- Decisions in a hub that the person sees differently: each waits for a second look, or for who chooses between the two.
-- What the decisions were is not told. Those that the acting person took part in are left out.
-- record: sign_off
-- right: countersign
-- reach: hub
-- with: undone, gone, revoked, decisions, here
SELECT f.fact_id, s.person_no, coalesce(p.name, 'Person ' || s.person_no) AS name, g.term AS programme_id,
       w.day AS since, CASE WHEN q.fact_no IS NULL THEN 'look_wanted' ELSE 'to_settle' END AS step
FROM latest s
JOIN here h ON h.person_no = s.person_no AND h.programme_no = s.programme_no
JOIN answered w ON w.target_no = s.fact_no AND w.newest = 1
JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = s.fact_no
JOIN term g ON g.term_no = s.programme_no
LEFT JOIN second_look q ON q.org_id = $org_no AND q.sign_off_no = s.fact_no
LEFT JOIN dispute_settled t ON t.org_id = $org_no AND t.sign_off_no = s.fact_no
LEFT JOIN countersign c ON c.org_id = $org_no AND c.sign_off_no = s.fact_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = s.person_no
WHERE s.newest = 1 AND t.fact_no IS NULL AND (q.fact_no IS NOT NULL OR NOT w.agrees)
  AND $actor_no NOT IN (s.person_no, s.actor_no, coalesce(c.actor_no, -1), coalesce(q.actor_no, -1))
  AND (NOT s.is_granted OR s.valid_until >= $today)
  AND s.fact_no NOT IN (SELECT x.target_no FROM revoked x)
ORDER BY w.day, name, s.person_no
