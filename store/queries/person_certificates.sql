-- The outside certificates of a person, newest issue first.
-- record: supervision
-- right: see
-- reach: person
SELECT f.fact_id, c.term AS certificate_id, t.issued_on, t.expires_on
FROM certificate t
JOIN fact_key f ON f.org_id = t.org_id AND f.fact_no = t.fact_no
JOIN term c ON c.term_no = t.certificate_no
WHERE t.org_id = $org_no AND t.person_no = $person_no
  AND t.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
  )
ORDER BY t.issued_on DESC, t.fact_no DESC
