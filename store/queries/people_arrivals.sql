-- Who has agreed to move into a hub and waits to be taken in: from which hub, for which programme, since when.
-- record: people
-- right: write
-- reach: hub
SELECT f.fact_id AS consent_id, m.person_no, coalesce(p.name, 'Person ' || m.person_no) AS name, g.term AS programme_id,
       h.title AS from_hub, m.day AS since
FROM move_consent m
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
JOIN term g ON g.term_no = m.programme_no
JOIN hub_opened h ON h.org_id = m.org_id AND h.hub_no = m.from_hub_no
LEFT JOIN person_private p ON p.org_id = m.org_id AND p.person_no = m.person_no
WHERE m.org_id = $org_no AND m.hub_no = $hub_no
  AND m.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
  )
ORDER BY m.day, name, m.fact_no
