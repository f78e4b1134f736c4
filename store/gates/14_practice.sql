-- Passed observations by checklist, setting and least stage, counted by distinct session or scenario.
SELECT o.person_no, r.gate_no, r.part_no,
       count(DISTINCT CASE WHEN r.distinct_by = 'scenario' THEN CAST(o.scenario_no AS TEXT) ELSE o.session_code END) AS have,
       r.need,
       (count(DISTINCT CASE WHEN r.distinct_by = 'scenario' THEN CAST(o.scenario_no AS TEXT) ELSE o.session_code END)
        >= r.need) AS is_met,
       TRUE AS is_computable,
       array_agg(o.fact_no ORDER BY o.fact_no) AS evidence
FROM counted o
JOIN gate_rule r
  ON r.version_no = o.version_no AND r.role_no = o.role_no AND r.reference_no = o.checklist_no AND r.setting = o.setting
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'practice'
  AND (r.distinct_by = 'session' OR o.scenario_no IS NOT NULL)
  AND o.is_passed AND o.stage_rank >= r.stage_rank AND o.day >= $as_of_day - r.max_age_days
GROUP BY o.person_no, r.gate_no, r.part_no, r.need
