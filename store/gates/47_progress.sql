-- How people stand at their first, second, third … counted assessment of a competency, by checklist and setting: how many at
-- which level, how many assessments they have had in all, and whether they have left. Leavers are counted here.
SELECT w.competency_no, w.checklist_no, w.setting, w.nth, w.level, w.n_times, w.has_left, count(*) AS n_people
FROM (
  SELECT o.person_no, o.competency_no, o.checklist_no, o.setting, o.level,
         row_number() OVER (
           PARTITION BY o.person_no, o.competency_no, o.checklist_no, o.setting ORDER BY o.occurred_at, o.fact_no
         ) AS nth,
         count(*) OVER (PARTITION BY o.person_no, o.competency_no, o.checklist_no, o.setting) AS n_times,
         (o.person_no IN (SELECT c.person_no FROM clock c WHERE c.change = 'withdrawn')) AS has_left
  FROM (
    SELECT q.person_no, q.competency_no, q.checklist_no, q.setting, q.occurred_at, q.fact_no, min(q.level) AS level
    FROM rated q
    GROUP BY q.person_no, q.competency_no, q.checklist_no, q.setting, q.occurred_at, q.fact_no
  ) o
) w
GROUP BY w.competency_no, w.checklist_no, w.setting, w.nth, w.level, w.n_times, w.has_left
ORDER BY w.competency_no, w.checklist_no, w.setting, w.nth, w.level, w.n_times, w.has_left
