-- Part 1: no level 1 among the last counted ratings of any competency; before anything was counted nobody can tell.
-- Part 2: no unhelpful critical behaviour left open, in practice rounds too, whether or not the observer was in date.
-- The evidence is what stands in the way.
WITH open_harm AS (
  SELECT o.person_no, o.fact_no
  FROM observed o
  WHERE o.is_by_trainer AND o.critical_unhelpful > 0
    AND o.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change = 'harm_resolved')
),
-- a level 1 is still recent while it and the ratings of the competency after it are not more than the last n
recent_low AS (
  SELECT w.person_no, r.gate_no, r.part_no, w.fact_no
  FROM (SELECT DISTINCT q.person_no, q.version_no, q.role_no, q.competency_no, q.occurred_at, q.fact_no
        FROM rated q WHERE q.level = 1) w
  JOIN gate_rule r ON r.version_no = w.version_no AND r.role_no = w.role_no
  JOIN rated n
    ON n.person_no = w.person_no AND n.competency_no = w.competency_no
   AND (n.occurred_at > w.occurred_at OR (n.occurred_at = w.occurred_at AND n.fact_no >= w.fact_no))
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'harm' AND r.part_no = 1
  GROUP BY w.person_no, r.gate_no, r.part_no, w.competency_no, w.fact_no, r.last_n
  HAVING count(DISTINCT n.fact_no) <= r.last_n
),
obstacle AS (
  SELECT w.person_no, w.gate_no, w.part_no, w.fact_no FROM recent_low w
  UNION ALL
  SELECT h.person_no, r.gate_no, r.part_no, h.fact_no
  FROM open_harm h
  JOIN enrolled e ON e.person_no = h.person_no
  JOIN gate_rule r ON r.version_no = e.version_no AND r.role_no = e.role_no
  WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'harm' AND r.part_no = 2
)
SELECT e.person_no, r.gate_no, r.part_no,
       CASE WHEN e.can_tell AND count(b.fact_no) = 0 THEN 1 ELSE 0 END AS have, r.need,
       (e.can_tell AND count(b.fact_no) = 0) AS is_met, e.can_tell AS is_computable,
       array_agg(b.fact_no ORDER BY b.fact_no) FILTER (WHERE b.fact_no IS NOT NULL) AS evidence
FROM (
  SELECT n.person_no, n.version_no, n.role_no, 1 AS part_no,
         (n.person_no IN (SELECT DISTINCT c.person_no FROM counted c)) AS can_tell
  FROM enrolled n
  UNION ALL
  SELECT n.person_no, n.version_no, n.role_no, 2 AS part_no, TRUE AS can_tell FROM enrolled n
) e
JOIN gate_rule r ON r.version_no = e.version_no AND r.role_no = e.role_no AND r.part_no = e.part_no
LEFT JOIN obstacle b ON b.person_no = e.person_no AND b.gate_no = r.gate_no AND b.part_no = r.part_no
WHERE r.org_id = $org_no AND r.programme_no = $programme_no AND r.kind = 'harm'
GROUP BY e.person_no, r.gate_no, r.part_no, r.need, e.can_tell
