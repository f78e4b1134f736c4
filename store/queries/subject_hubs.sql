-- The hubs of a person: of the newest enrolment in each programme, and of the offices held.
-- record: none
-- right: none
-- reach: system
-- with: ended
WITH joined AS (
  SELECT e.cohort_no, row_number() OVER (PARTITION BY e.programme_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.person_no = $person_no AND e.fact_no NOT IN (SELECT g.target_no FROM ended g)
)
SELECT t.term AS hub_id, false AS is_office
FROM joined j
JOIN cohort_opened c ON c.org_id = $org_no AND c.cohort_no = j.cohort_no
JOIN term t ON t.term_no = c.hub_no
WHERE j.newest = 1
UNION
SELECT t.term AS hub_id, true AS is_office
FROM office_grant o
JOIN term t ON t.term_no = o.hub_no
WHERE o.org_id = $org_no AND o.person_no = $person_no AND o.fact_no NOT IN (SELECT g.target_no FROM ended g)
  AND (o.until_on IS NULL OR o.until_on >= $today)
