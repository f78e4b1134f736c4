-- The forms that the acting person submitted as a trainer, by day: how many, and how long they took.
-- record: none
-- right: none
-- reach: own
-- with: gone
SELECT o.day, count(*) AS n_forms, sum(o.seconds) AS seconds
FROM observation o
WHERE o.org_id = $org_no AND o.actor_no = $actor_no AND o.relation = 'trainer' AND o.day >= $first_day
  AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
GROUP BY o.day
ORDER BY o.day
