-- What the acting person wrote to the prompts of a log in a programme, entry by entry.
-- record: results
-- right: see
-- reach: own
SELECT f.fact_id AS entry_id, t.term AS prompt_id, coalesce(w.text, '') AS words
FROM log_answer l
JOIN milestone m ON m.org_id = l.org_id AND m.person_no = l.person_no AND m.fact_no = l.entry_no
JOIN fact_key f ON f.org_id = m.org_id AND f.fact_no = m.fact_no
JOIN term t ON t.term_no = l.prompt_no
LEFT JOIN private_text w ON w.org_id = l.org_id AND w.fact_no = l.fact_no AND w.field = 'words'
WHERE l.org_id = $org_no AND l.person_no = $actor_no AND m.programme_no = $programme_no
ORDER BY l.fact_no
