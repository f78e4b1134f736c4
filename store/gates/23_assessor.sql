-- Observations by observers who were in date on that day. An observer without any record of calibration is unknown, not
-- wrong: while that is what is missing, the gate cannot be computed. What is rated in supervision was not observed.
SELECT o.person_no, o.gate_no, o.part_no, count(*) FILTER (WHERE o.is_in_date) AS have, o.need,
       (count(*) FILTER (WHERE o.is_in_date) >= o.need) AS is_met,
       (count(*) FILTER (WHERE o.is_in_date) >= o.need OR NOT bool_or(o.is_observer_unknown)) AS is_computable,
       array_agg(o.fact_no ORDER BY o.fact_no) FILTER (WHERE o.is_in_date) AS evidence
FROM (
  SELECT j.person_no, r.gate_no, r.part_no, r.need, j.fact_no, j.is_observer_unknown,
         coalesce(j.day <= CAST(j.passed_on + r.months * INTERVAL '1 month' AS DATE), FALSE) AS is_in_date
  FROM judged j
  JOIN gate_rule r ON r.version_no = j.version_no AND r.role_no = j.role_no
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'assessor'
    AND j.setting <> 'supervision' AND j.day >= $as_of_day - r.max_age_days
) o
GROUP BY o.person_no, o.gate_no, o.part_no, o.need
