-- The counting attempts of a person in a programme, newest first.
-- record: results
-- right: see
-- reach: person
SELECT f.fact_id, b.term AS blueprint_id, t.occurred_at, t.day, t.score, t.max_score, t.per_point, t.pass_pct, t.critical_total,
       t.critical_missed,
       t.max_score > 0 AND t.score * 100 >= t.pass_pct * t.max_score AND t.critical_missed = 0 AS is_passed
FROM attempt t
JOIN fact_key f ON f.org_id = t.org_id AND f.fact_no = t.fact_no
JOIN term b ON b.term_no = t.blueprint_no
WHERE t.org_id = $org_no AND t.person_no = $person_no AND t.programme_no = $programme_no AND t.counts
  AND t.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
  )
ORDER BY t.occurred_at DESC, t.fact_no DESC
