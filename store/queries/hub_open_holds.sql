-- Whose practice is on hold in a hub and since when, and whether it was talked through: never why.
-- record: hold
-- right: see
-- reach: hub
-- with: gone, here
SELECT h.person_no, coalesce(p.name, 'Person ' || h.person_no) AS name, g.term AS programme_id,
       max(o.version_no) AS version_no, min(h.day) AS since, count(d.fact_no) = count(*) AS is_debriefed
FROM hold h
JOIN here w ON w.person_no = h.person_no AND w.programme_no = h.programme_no
JOIN observation o ON o.org_id = h.org_id AND o.fact_no = h.observation_no
JOIN term g ON g.term_no = h.programme_no
LEFT JOIN debrief d ON d.org_id = h.org_id AND d.observation_no = h.observation_no
LEFT JOIN person_private p ON p.org_id = h.org_id AND p.person_no = h.person_no
WHERE h.org_id = $org_no
  AND h.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'lifted')
  )
GROUP BY h.person_no, p.name, g.term
ORDER BY since, name
