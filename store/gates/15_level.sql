-- The newest observations of the competency in the setting, all at the level or above. "have" is the unbroken run from the
-- newest, because a good one before a bad one is worth nothing. Lines of one observation share a place in the row.
SELECT t.person_no, t.gate_no, t.part_no,
       coalesce(min(t.place) FILTER (WHERE NOT t.is_reached) - 1, max(t.place)) AS have, t.need,
       (coalesce(min(t.place) FILTER (WHERE NOT t.is_reached) - 1, max(t.place)) >= t.need) AS is_met,
       TRUE AS is_computable,
       array_agg(t.fact_no ORDER BY t.fact_no) AS evidence
FROM (
  SELECT q.person_no, r.gate_no, r.part_no, r.need, r.last_n, q.fact_no, (q.level >= r.level) AS is_reached,
         dense_rank() OVER (
           PARTITION BY q.person_no, r.gate_no, r.part_no ORDER BY q.occurred_at DESC, q.fact_no DESC
         ) AS place
  FROM rated q
  JOIN gate_rule r
    ON r.version_no = q.version_no AND r.role_no = q.role_no AND r.reference_no = q.competency_no AND r.setting = q.setting
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'level'
    AND q.day >= $as_of_day - r.max_age_days
) t
WHERE t.place <= t.last_n
GROUP BY t.person_no, t.gate_no, t.part_no, t.need
