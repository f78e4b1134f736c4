-- The lines of counted observations that have a level. Of several lines of one competency the lowest is the competency's
-- level: so whatever asks "is any line below" may read lines.
rated AS MATERIALIZED (
  SELECT o.person_no, o.version_no, o.role_no, o.checklist_no, o.setting, o.fact_no, o.day, o.occurred_at,
         t.competency_no, t.level
  FROM counted o
  JOIN rating t ON t.fact_no = o.fact_no
  WHERE t.org_id = $org_no AND t.person_no BETWEEN $person_from AND $person_to AND t.level IS NOT NULL
)
