-- Everybody with a cohort, a row for each programme: when it ends, and what of theirs has a time.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled, gone
WITH of_programme AS (
  SELECT m.fact_no, m.programme_no FROM milestone m WHERE m.org_id = $org_no
  UNION ALL
  SELECT l.fact_no, m.programme_no
  FROM log_answer l
  JOIN milestone m ON m.org_id = l.org_id AND m.person_no = l.person_no AND m.fact_no = l.entry_no
  WHERE l.org_id = $org_no
  UNION ALL
  SELECT o.fact_no, o.programme_no FROM observation o WHERE o.org_id = $org_no
  UNION ALL
  SELECT s.fact_no, s.programme_no FROM sign_off s WHERE s.org_id = $org_no
  UNION ALL
  SELECT p.fact_no, p.programme_no FROM appeal p WHERE p.org_id = $org_no
  UNION ALL
  SELECT r.fact_no, b.programme_no
  FROM response r
  JOIN attempt_started b ON b.org_id = r.org_id AND b.person_no = r.person_no AND b.fact_no = r.started_no
  WHERE r.org_id = $org_no
  UNION ALL
  SELECT f.fact_no, f.programme_no FROM refresher_answer f WHERE f.org_id = $org_no
  UNION ALL
  SELECT k.fact_no, coalesce(o.programme_no, s.programme_no) AS programme_no
  FROM acknowledgement k
  LEFT JOIN observation o ON o.org_id = k.org_id AND o.fact_no = k.target_no
  LEFT JOIN sign_off s ON s.org_id = k.org_id AND s.fact_no = k.target_no
  WHERE k.org_id = $org_no
),
texts AS (
  SELECT t.person_no, f.programme_no, count(*) AS n
  FROM private_text t
  JOIN of_programme f ON f.fact_no = t.fact_no
  WHERE t.org_id = $org_no
  GROUP BY t.person_no, f.programme_no
),
check_ins AS (
  SELECT w.person_no, count(*) AS n FROM wellbeing w WHERE w.org_id = $org_no GROUP BY w.person_no
),
serving AS (
  SELECT DISTINCT h.person_no
  FROM office_grant h
  WHERE h.org_id = $org_no AND h.office <> 'trainee' AND (h.until_on IS NULL OR h.until_on >= $today)
    AND h.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
SELECT j.person_no, r.term AS programme_id, c.term AS cohort_id, j.version_no, coalesce(t.n, 0) AS n_texts,
       coalesce(w.n, 0) AS n_check_ins, p.person_no IS NOT NULL AS has_name, s.person_no IS NOT NULL AS holds_office
FROM enrolled j
JOIN term r ON r.term_no = j.programme_no
JOIN term c ON c.term_no = j.cohort_no
LEFT JOIN texts t ON t.person_no = j.person_no AND t.programme_no = j.programme_no
LEFT JOIN check_ins w ON w.person_no = j.person_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = j.person_no
LEFT JOIN serving s ON s.person_no = j.person_no
WHERE j.newest = 1
ORDER BY j.person_no, r.term
