-- The numbers of the facts with private texts about people in one programme.
-- record: none
-- right: none
-- reach: system
WITH of_programme AS (
  SELECT m.fact_no, m.person_no FROM milestone m WHERE m.org_id = $org_no AND m.programme_no = $programme_no
  UNION ALL
  SELECT l.fact_no, l.person_no
  FROM log_answer l
  JOIN milestone m ON m.org_id = l.org_id AND m.person_no = l.person_no AND m.fact_no = l.entry_no
  WHERE l.org_id = $org_no AND m.programme_no = $programme_no
  UNION ALL
  SELECT o.fact_no, o.person_no FROM observation o WHERE o.org_id = $org_no AND o.programme_no = $programme_no
  UNION ALL
  SELECT s.fact_no, s.person_no FROM sign_off s WHERE s.org_id = $org_no AND s.programme_no = $programme_no
  UNION ALL
  SELECT p.fact_no, p.person_no FROM appeal p WHERE p.org_id = $org_no AND p.programme_no = $programme_no
  UNION ALL
  SELECT r.fact_no, r.person_no
  FROM response r
  JOIN attempt_started b ON b.org_id = r.org_id AND b.person_no = r.person_no AND b.fact_no = r.started_no
  WHERE r.org_id = $org_no AND b.programme_no = $programme_no
  UNION ALL
  SELECT f.fact_no, f.person_no FROM refresher_answer f WHERE f.org_id = $org_no AND f.programme_no = $programme_no
  UNION ALL
  SELECT k.fact_no, k.person_no
  FROM acknowledgement k
  LEFT JOIN observation o ON o.org_id = k.org_id AND o.fact_no = k.target_no
  LEFT JOIN sign_off s ON s.org_id = k.org_id AND s.fact_no = k.target_no
  WHERE k.org_id = $org_no AND coalesce(o.programme_no, s.programme_no) = $programme_no
)
SELECT DISTINCT t.fact_no, t.person_no
FROM private_text t
JOIN of_programme f ON f.fact_no = t.fact_no
WHERE t.org_id = $org_no
ORDER BY t.fact_no
