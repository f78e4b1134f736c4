-- What was watched of some people, in force: by trainers and by themselves. What fellow trainees saw is theirs, and left out.
-- place says which trainer of one performance it was, in the order in which they rated it; nobody is named.
-- record: none
-- right: none
-- reach: system
-- with: gone
WITH seen AS (
  SELECT o.fact_no, o.person_no, o.actor_no, o.occurred_at, o.day, o.version_no, o.checklist_no, o.setting, o.stage,
         o.scenario_no, o.session_code, o.relation, o.counts, o.has_co_leader, o.pct, o.min_level, o.is_passed,
         o.critical_unhelpful, o.global_rating, o.entrustment, o.seconds,
         min(o.fact_no) OVER (PARTITION BY o.person_no, o.checklist_no, o.session_code, o.actor_no) AS first_no
  FROM observation o
  WHERE o.org_id = $org_no AND o.programme_no = $programme_no AND o.person_no = ANY($among)
    AND o.relation IN ('trainer', 'self') AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
SELECT s.fact_no, s.person_no, k.term AS checklist, s.version_no, s.setting, s.stage, n.term AS scenario, s.session_code,
       dense_rank() OVER (PARTITION BY s.person_no, s.checklist_no, s.session_code ORDER BY s.first_no) AS place,
       s.day, s.relation, s.counts, s.has_co_leader, s.pct, s.min_level, s.is_passed, s.critical_unhelpful,
       s.global_rating, s.entrustment, s.seconds
FROM seen s
JOIN term k ON k.term_no = s.checklist_no
LEFT JOIN term n ON n.term_no = s.scenario_no
ORDER BY s.person_no, s.occurred_at, s.fact_no
