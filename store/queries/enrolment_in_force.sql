-- The newest enrolment of a person in a programme, with the hub of its cohort.
-- record: none
-- right: none
-- reach: system
SELECT k.fact_id, cohort.term AS cohort_id, hub.term AS hub_id, role.term AS role_id, e.version_no
FROM enrolment e
JOIN fact_key k ON k.org_id = e.org_id AND k.fact_no = e.fact_no
JOIN cohort_opened c ON c.org_id = e.org_id AND c.cohort_no = e.cohort_no
JOIN term cohort ON cohort.term_no = e.cohort_no
JOIN term hub ON hub.term_no = c.hub_no
JOIN term role ON role.term_no = e.role_no
WHERE e.org_id = $org_no AND e.person_no = $person_no AND e.programme_no = $programme_no
  AND e.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
  )
  AND c.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
  )
ORDER BY e.occurred_at DESC, e.fact_no DESC, c.fact_no DESC
LIMIT 1
