-- The programmes with a published version, by their ids, and the number of the newest.
-- record: none
-- right: none
-- reach: system
SELECT t.term AS programme_id, max(v.version_no) AS newest_no
FROM programme_version v
JOIN term t ON t.term_no = v.programme_no
WHERE v.org_id = $org_no
GROUP BY t.term
ORDER BY t.term
