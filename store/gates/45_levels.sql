-- How people stand in each competency, counted: the first and the newest counted level of each person, by checklist and
-- setting, so that levels of different scales never meet. Who has left is not counted.
SELECT w.competency_no, w.checklist_no, w.setting, w.first_level, w.newest_level, w.is_repeated, count(*) AS n_people
FROM (
  SELECT l.person_no, l.competency_no, l.checklist_no, l.setting,
         max(CASE WHEN l.nth = 1 THEN l.level END) AS first_level,
         max(CASE WHEN l.newness = 1 THEN l.level END) AS newest_level,
         (count(*) > 1) AS is_repeated
  FROM (
    SELECT o.person_no, o.competency_no, o.checklist_no, o.setting, o.level,
           row_number() OVER (
             PARTITION BY o.person_no, o.competency_no, o.checklist_no, o.setting ORDER BY o.occurred_at, o.fact_no
           ) AS nth,
           row_number() OVER (
             PARTITION BY o.person_no, o.competency_no, o.checklist_no, o.setting
             ORDER BY o.occurred_at DESC, o.fact_no DESC
           ) AS newness
    FROM (
      SELECT q.person_no, q.competency_no, q.checklist_no, q.setting, q.occurred_at, q.fact_no, min(q.level) AS level
      FROM rated q
      GROUP BY q.person_no, q.competency_no, q.checklist_no, q.setting, q.occurred_at, q.fact_no
    ) o
  ) l
  GROUP BY l.person_no, l.competency_no, l.checklist_no, l.setting
) w
WHERE w.person_no NOT IN (SELECT c.person_no FROM clock c WHERE c.change = 'withdrawn')
  AND ($among IS NULL OR w.person_no = ANY($among))
GROUP BY w.competency_no, w.checklist_no, w.setting, w.first_level, w.newest_level, w.is_repeated
ORDER BY w.competency_no, w.checklist_no, w.setting, w.first_level, w.newest_level, w.is_repeated
