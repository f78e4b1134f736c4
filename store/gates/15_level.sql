-- The newest observations of the competency in the setting, all at the level or above. "have" is the unbroken run from the
-- newest, because a good one before a bad one is worth nothing. Lines of one observation share a place in the row.
SELECT t.person_no, r.gate_no, r.part_no,
       coalesce(min(t.place) FILTER (WHERE t.level < r.level) - 1, max(t.place)) AS have, r.need,
       (coalesce(min(t.place) FILTER (WHERE t.level < r.level) - 1, max(t.place)) >= r.need) AS is_met,
       TRUE AS is_computable,
       array_agg(DISTINCT t.fact_no ORDER BY t.fact_no) AS evidence
FROM (
  SELECT q.person_no, q.version_no, q.role_no, q.competency_no, q.setting, q.level, q.day, q.fact_no,
         dense_rank() OVER (
           PARTITION BY q.person_no, q.competency_no, q.setting ORDER BY q.occurred_at DESC, q.fact_no DESC
         ) AS place
  FROM rated q
) t
JOIN gate_rule r
  ON r.version_no = t.version_no AND r.role_no = t.role_no AND r.reference_no = t.competency_no AND r.setting = t.setting
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'level'
  AND t.place <= r.last_n AND t.day >= $as_of_day - r.max_age_days
GROUP BY t.person_no, r.gate_no, r.part_no, r.need
