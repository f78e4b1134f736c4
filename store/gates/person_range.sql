-- The least and the greatest number of a person who was ever enrolled: narrows every scan of facts.
SELECT min(n.person_no) AS person_from, max(n.person_no) AS person_to
FROM enrolment n
WHERE n.org_id = $org_no AND n.programme_no = $programme_no
  AND ($cohort_no = -1 OR n.cohort_no = $cohort_no)
  AND ($hub_no = -1 OR n.cohort_no IN (
    SELECT h.cohort_no FROM cohort_opened h WHERE h.org_id = $org_no AND h.hub_no = $hub_no
  ))
