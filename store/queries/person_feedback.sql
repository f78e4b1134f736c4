-- What groups said of a person in a programme, newest first: means and numbers only.
-- record: supervision
-- right: see
-- reach: person
SELECT f.fact_id, s.group_code, s.mean_hundredths, s.n_answers, s.day
FROM participant_summary s
JOIN fact_key f ON f.org_id = s.org_id AND f.fact_no = s.fact_no
WHERE s.org_id = $org_no AND s.person_no = $person_no AND s.programme_no = $programme_no
  AND s.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
  )
ORDER BY s.occurred_at DESC, s.fact_no DESC
