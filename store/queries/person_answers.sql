-- The answer to each whole line of a person's observations in a programme: how much was done, or yes or no.
-- record: observation
-- right: see
-- reach: person
SELECT f.fact_id, l.term AS line_id, a.state
FROM (
  SELECT t.opened_no, t.line_no, t.state,
         row_number() OVER (PARTITION BY t.opened_no, t.line_no ORDER BY t.fact_no DESC) AS newest
  FROM tick t
  WHERE t.org_id = $org_no AND t.person_no = $person_no AND t.behaviour_no IS NULL
) a
JOIN observation o ON o.org_id = $org_no AND o.person_no = $person_no AND o.opened_no = a.opened_no
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN term l ON l.term_no = a.line_no
WHERE a.newest = 1 AND a.state <> '' AND o.programme_no = $programme_no
ORDER BY o.occurred_at DESC, o.fact_no DESC, l.term
