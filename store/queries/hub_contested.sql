-- The performances in a hub that two trainers rated two levels apart: a row for each view, and which one counts once settled.
-- record: observation
-- right: adjudicate
-- reach: hub
-- with: gone, here
WITH change AS (
  SELECT a.target_no, a.change, a.reason, a.day, a.actor_no FROM amendment a WHERE a.org_id = $org_no
),
seen AS (
  SELECT o.fact_no, o.opened_no, o.person_no, o.programme_no, o.version_no, o.checklist_no, o.setting, o.session_code,
         o.actor_no, o.day, o.occurred_at, o.global_rating
  FROM observation o
  JOIN here h ON h.person_no = o.person_no AND h.programme_no = o.programme_no
  WHERE o.org_id = $org_no AND o.counts AND o.relation = 'trainer' AND o.session_code <> ''
    AND (o.setting <> 'live' OR o.has_co_leader)
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
),
compared AS (
  SELECT s.fact_no, s.person_no, s.programme_no, s.checklist_no, s.session_code, s.actor_no, t.competency_no,
         min(t.level) AS level
  FROM seen s
  JOIN rating t ON t.fact_no = s.fact_no AND t.person_no = s.person_no
  WHERE t.org_id = $org_no AND t.level IS NOT NULL
  GROUP BY s.fact_no, s.person_no, s.programme_no, s.checklist_no, s.session_code, s.actor_no, t.competency_no
),
apart AS (
  SELECT DISTINCT a.fact_no
  FROM compared a
  JOIN compared b
    ON b.person_no = a.person_no AND b.programme_no = a.programme_no AND b.checklist_no = a.checklist_no
   AND b.session_code = a.session_code AND b.competency_no = a.competency_no AND b.actor_no <> a.actor_no
  WHERE abs(a.level - b.level) >= 2
)
SELECT f.fact_id, b.fact_id AS opened_id, s.person_no, coalesce(p.name, 'Person ' || s.person_no) AS name,
       g.term AS programme_id, s.version_no, k.term AS checklist_id, s.setting, s.session_code, s.day, s.occurred_at,
       s.global_rating, s.actor_no AS rater_no, coalesce(q.name, 'Person ' || s.actor_no) AS rater_name,
       c.day AS settled_on, c.reason, coalesce(e.name, 'Person ' || c.actor_no) AS settled_by
FROM seen s
JOIN apart x ON x.fact_no = s.fact_no
JOIN fact_key f ON f.org_id = $org_no AND f.fact_no = s.fact_no
JOIN fact_key b ON b.org_id = $org_no AND b.fact_no = s.opened_no
JOIN term g ON g.term_no = s.programme_no
JOIN term k ON k.term_no = s.checklist_no
LEFT JOIN change c ON c.target_no = s.fact_no AND c.change = 'adjudicated'
LEFT JOIN person_private p ON p.org_id = $org_no AND p.person_no = s.person_no
LEFT JOIN person_private q ON q.org_id = $org_no AND q.person_no = s.actor_no
LEFT JOIN person_private e ON e.org_id = $org_no AND e.person_no = c.actor_no
ORDER BY s.person_no, s.checklist_no, s.session_code, s.occurred_at, s.fact_no
