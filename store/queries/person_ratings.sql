-- The rating level of each line of a person's observations in a programme.
-- record: observation
-- right: see
-- reach: person
WITH ended AS (
  SELECT a.target_no FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced', 'ended')
),
-- Performances of which the acting trainer has a form that is not submitted: until then they are blind to the others' ratings.
mine AS (
  SELECT w.checklist_no, w.session_code
  FROM observation_opened w
  LEFT JOIN observation d ON d.org_id = w.org_id AND d.person_no = w.person_no AND d.opened_no = w.fact_no
  WHERE w.org_id = $org_no AND w.person_no = $person_no AND w.programme_no = $programme_no AND w.actor_no = $actor_no
    AND w.relation = 'trainer' AND w.session_code <> '' AND d.fact_no IS NULL
    AND w.fact_no NOT IN (SELECT e.target_no FROM ended e)
)
SELECT f.fact_id, l.term AS line_id, c.term AS competency_id, r.level
FROM observation o
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN rating r ON r.org_id = o.org_id AND r.fact_no = o.fact_no AND r.person_no = $person_no
JOIN term l ON l.term_no = r.line_no
JOIN term c ON c.term_no = r.competency_no
WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.programme_no = $programme_no
  AND (o.relation <> 'trainer' OR o.actor_no = $actor_no OR NOT EXISTS (
    SELECT 1 FROM mine m WHERE m.checklist_no = o.checklist_no AND m.session_code = o.session_code
  ))
ORDER BY o.occurred_at DESC, o.fact_no DESC, r.position
