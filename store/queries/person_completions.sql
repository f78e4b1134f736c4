-- How a person left the cohorts that have closed: programme, role, days, and where they stood; the newest first.
-- record: sign_off
-- right: see
-- reach: person
WITH joined AS (
  SELECT e.cohort_no, min(e.day) AS joined_on
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.person_no = $person_no AND e.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
  )
  GROUP BY e.cohort_no
)
SELECT f.fact_id, t.term AS cohort_id, g.term AS programme_id, c.title AS cohort, h.title AS hub, r.term AS role_id,
       o.version_no, o.outcome, o.status, o.valid_until, j.joined_on, o.day AS closed_on
FROM cohort_outcome o
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN cohort_opened c ON c.org_id = o.org_id AND c.cohort_no = o.cohort_no
JOIN hub_opened h ON h.org_id = o.org_id AND h.hub_no = c.hub_no
JOIN term t ON t.term_no = o.cohort_no
JOIN term g ON g.term_no = o.programme_no
JOIN term r ON r.term_no = o.role_no
LEFT JOIN joined j ON j.cohort_no = o.cohort_no
WHERE o.org_id = $org_no AND o.person_no = $person_no
ORDER BY o.day DESC, o.fact_no DESC
