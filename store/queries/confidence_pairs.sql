-- How sure those of a hub felt before the training and after it, by domain: a row for each person who said both.
-- record: none
-- right: none
-- reach: system
-- with: undone, enrolled
WITH newest AS (
  SELECT c.person_no, c.moment, c.fact_no,
         row_number() OVER (PARTITION BY c.person_no, c.moment ORDER BY c.occurred_at DESC, c.fact_no DESC) AS newness
  FROM confidence_rated c
  JOIN enrolled n ON n.person_no = c.person_no AND n.programme_no = c.programme_no AND n.newest = 1
  JOIN cohort_opened h ON h.org_id = c.org_id AND h.cohort_no = n.cohort_no
  WHERE c.org_id = $org_no AND c.programme_no = $programme_no AND h.hub_no = $hub_no
    AND ($cohort_no = -1 OR n.cohort_no = $cohort_no)
    AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT t.term AS domain_id, x.level AS level_before, y.level AS level_after
FROM newest b
JOIN newest a ON a.person_no = b.person_no AND a.moment = 'after' AND a.newness = 1
JOIN confidence_rated_level x ON x.org_id = $org_no AND x.fact_no = b.fact_no
JOIN confidence_rated_level y ON y.org_id = $org_no AND y.fact_no = a.fact_no AND y.domain_no = x.domain_no
JOIN term t ON t.term_no = x.domain_no
WHERE b.moment = 'before' AND b.newness = 1
ORDER BY t.term, b.person_no
