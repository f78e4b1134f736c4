-- The programmes with a published version, by their ids.
-- record: none
-- right: none
-- reach: system
SELECT DISTINCT t.term AS programme_id
FROM programme_version v
JOIN term t ON t.term_no = v.programme_no
WHERE v.org_id = $org_no
ORDER BY t.term
