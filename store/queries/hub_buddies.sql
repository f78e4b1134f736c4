-- The pairs of buddies in the cohorts of a hub.
-- record: cohort
-- right: see
-- reach: hub
-- with: ended
SELECT f.fact_id AS pair_id, t.term AS cohort_id, b.person_no, coalesce(p.name, 'Person ' || b.person_no) AS name,
       b.buddy_no, coalesce(q.name, 'Person ' || b.buddy_no) AS buddy_name
FROM buddy_paired b
JOIN fact_key f ON f.org_id = b.org_id AND f.fact_no = b.fact_no
JOIN term t ON t.term_no = b.cohort_no
JOIN cohort_opened c ON c.org_id = b.org_id AND c.cohort_no = b.cohort_no
LEFT JOIN person_private p ON p.org_id = b.org_id AND p.person_no = b.person_no
LEFT JOIN person_private q ON q.org_id = b.org_id AND q.person_no = b.buddy_no
WHERE b.org_id = $org_no AND c.hub_no = $hub_no AND b.fact_no NOT IN (SELECT e.target_no FROM ended e)
ORDER BY name, b.fact_no
