-- Those whom the acting person is paired with, and looks out for.
-- record: none
-- right: none
-- reach: own
-- with: ended
SELECT b.other_no AS buddy_no, coalesce(p.name, 'Person ' || b.other_no) AS name
FROM (
  SELECT o.buddy_no AS other_no, o.fact_no FROM buddy_paired o WHERE o.org_id = $org_no AND o.person_no = $actor_no
  UNION ALL
  SELECT o.person_no AS other_no, o.fact_no FROM buddy_paired o WHERE o.org_id = $org_no AND o.buddy_no = $actor_no
) b
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = b.other_no
WHERE b.fact_no NOT IN (SELECT e.target_no FROM ended e)
ORDER BY name, b.other_no
