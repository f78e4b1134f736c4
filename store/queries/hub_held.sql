-- The forms from devices that were held in a hub, newest first, and how each was settled.
-- record: observation
-- right: adjudicate
-- reach: hub
-- with: undone, enrolled
WITH here AS (
  SELECT n.person_no, n.programme_no
  FROM enrolled n
  JOIN cohort_opened w ON w.org_id = $org_no AND w.cohort_no = n.cohort_no AND w.hub_no = $hub_no
  WHERE n.newest = 1
)
SELECT f.fact_id, d.person_no, coalesce(p.name, 'Person ' || d.person_no) AS name, g.term AS programme_id, d.version_no,
       k.term AS checklist_id, d.setting, d.session_code, d.occurred_at, d.recorded_at, d.day, d.skew_s, d.held_for,
       d.confirms_harm, d.actor_no AS rater_no, coalesce(q.name, 'Person ' || d.actor_no) AS rater_name,
       s.day AS settled_on, s.is_accepted, s.reason, coalesce(e.name, 'Person ' || s.actor_no) AS settled_by
FROM device_record d
JOIN here h ON h.person_no = d.person_no AND h.programme_no = d.programme_no
JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = d.fact_no
JOIN term g ON g.term_no = d.programme_no
JOIN term k ON k.term_no = d.checklist_no
LEFT JOIN device_record_settled s ON s.org_id = $org_no AND s.record_no = d.fact_no
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = d.person_no
LEFT JOIN person_private q ON q.org_id = $org_no AND q.person_no = d.actor_no
LEFT JOIN person_private e ON e.org_id = $org_no AND e.person_no = s.actor_no
WHERE d.org_id = $org_no AND d.held_for IS NOT NULL AND d.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY d.recorded_at DESC, d.fact_no DESC
