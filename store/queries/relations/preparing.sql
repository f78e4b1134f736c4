-- The sessions that are planned, with what was noted last of each thing that they need.
noted AS (
  SELECT d.planned_no, d.thing, d.state,
         row_number() OVER (PARTITION BY d.planned_no, d.thing ORDER BY d.occurred_at DESC, d.fact_no DESC) AS newest
  FROM preparation_noted d
  WHERE d.org_id = $org_no AND d.fact_no NOT IN (SELECT g.target_no FROM ended g)
),
preparing AS (
  SELECT v.fact_no, h.hub_no, f.fact_id AS planned_id, t.term AS programme_id, k.term AS cohort_id, h.title AS cohort_title,
         v.kind, v.session_code, v.meets_on, v.start_minute, v.zone, v.minutes AS minutes,
         v.first_leader_no, coalesce(p.name, 'Person ' || v.first_leader_no) AS first_leader_name,
         v.second_leader_no, coalesce(q.name, 'Person ' || v.second_leader_no) AS second_leader_name,
         n.thing, n.state
  FROM session_planned v
  JOIN fact_key f ON f.org_id = v.org_id AND f.fact_no = v.fact_no
  JOIN term t ON t.term_no = v.programme_no
  JOIN term k ON k.term_no = v.cohort_no
  JOIN cohort_opened h ON h.org_id = v.org_id AND h.cohort_no = v.cohort_no
  LEFT JOIN noted n ON n.planned_no = v.fact_no AND n.newest = 1
  LEFT JOIN person_private p ON p.org_id = v.org_id AND p.person_no = v.first_leader_no
  LEFT JOIN person_private q ON q.org_id = v.org_id AND q.person_no = v.second_leader_no
  WHERE v.org_id = $org_no AND v.fact_no NOT IN (SELECT g.target_no FROM ended g)
)
