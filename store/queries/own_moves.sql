-- The hubs to which the acting person has agreed to move and that have not taken them in yet.
-- record: none
-- right: none
-- reach: own
SELECT f.fact_id AS consent_id, g.term AS programme_id, h.title AS hub, m.day AS since
FROM move_consent m
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
JOIN term g ON g.term_no = m.programme_no
JOIN hub_opened h ON h.org_id = m.org_id AND h.hub_no = m.hub_no
WHERE m.org_id = $org_no AND m.person_no = $actor_no
  AND m.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
  )
ORDER BY g.term, m.fact_no DESC
