-- What the facts of a proof say, for showing them: when, by whom, about what. `about` is an id or a short text, `detail` a
-- word of a closed set, `amount` and `out_of` numbers; each only where the kind of fact has one.
SELECT f.fact_no, f.kind, f.day, f.actor_no, f.about, f.detail, f.amount, f.out_of, f.until
FROM (
  SELECT o.fact_no, 'observation' AS kind, o.day, o.actor_no, t.term AS about, o.setting AS detail,
         CAST(NULL AS INTEGER) AS amount, CAST(NULL AS INTEGER) AS out_of, CAST(NULL AS DATE) AS until
  FROM observation o
  JOIN term t ON t.term_no = o.checklist_no
  WHERE o.org_id = $org_no AND o.person_no = $person_no
  UNION ALL
  SELECT a.fact_no, 'attempt', a.day, a.actor_no, t.term, '', a.score, a.max_score, NULL
  FROM attempt a
  JOIN term t ON t.term_no = a.blueprint_no
  WHERE a.org_id = $org_no AND a.person_no = $person_no
  UNION ALL
  SELECT d.fact_no, 'attendance', d.day, d.actor_no, t.term, d.presence, d.minutes, NULL, NULL
  FROM attendance d
  JOIN term t ON t.term_no = d.session_no
  WHERE d.org_id = $org_no AND d.person_no = $person_no
  UNION ALL
  SELECT m.fact_no, m.kind, m.day, m.actor_no, m.what, '', NULL, NULL, NULL
  FROM milestone m
  WHERE m.org_id = $org_no AND m.person_no = $person_no
  UNION ALL
  SELECT s.fact_no, 'supervision', s.day, s.supervisor_no, '', s.mode, s.minutes, NULL, NULL
  FROM supervision s
  WHERE s.org_id = $org_no AND s.person_no = $person_no
  UNION ALL
  SELECT c.fact_no, 'certificate', c.issued_on, c.actor_no, t.term, '', NULL, NULL, c.expires_on
  FROM certificate c
  JOIN term t ON t.term_no = c.certificate_no
  WHERE c.org_id = $org_no AND c.person_no = $person_no
  UNION ALL
  SELECT g.fact_no, 'participant_summary', g.day, g.actor_no, g.group_code, '', g.mean_hundredths, g.n_answers, NULL
  FROM participant_summary g
  WHERE g.org_id = $org_no AND g.person_no = $person_no
) f
WHERE f.fact_no IN (SELECT unnest(CAST($fact_nos AS BIGINT[])))
ORDER BY f.day, f.fact_no
