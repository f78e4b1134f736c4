-- Unhelpful critical behaviours seen in the acting trainer's trainees that are not settled: no debrief yet, or still open.
-- record: hold
-- right: see
-- reach: assigned
WITH change AS (
  SELECT a.target_no, a.change FROM amendment a WHERE a.org_id = $org_no
),
mine AS (
  SELECT DISTINCT m.person_no
  FROM assignment m
  WHERE m.org_id = $org_no AND m.trainer_no = $actor_no AND m.person_no <> $actor_no
    AND m.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'ended'))
),
held AS (
  SELECT h.observation_no, min(h.fact_no) AS hold_no, min(h.day) AS since
  FROM hold h
  WHERE h.org_id = $org_no
    AND h.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'lifted'))
  GROUP BY h.observation_no
)
SELECT f.fact_id, o.person_no, coalesce(p.name, 'Person ' || o.person_no) AS name, o.day, o.occurred_at,
       g.term AS programme_id, o.version_no, k.term AS checklist_id, o.actor_no AS rater_no,
       coalesce(q.name, 'Person ' || o.actor_no) AS rater_name, o.critical_unhelpful,
       d.day AS debriefed_on, hf.fact_id AS hold_id, h.since
FROM observation o
JOIN mine m ON m.person_no = o.person_no
JOIN fact_key f ON f.org_id = o.org_id AND f.fact_no = o.fact_no
JOIN term g ON g.term_no = o.programme_no
JOIN term k ON k.term_no = o.checklist_no
LEFT JOIN person_private p ON p.org_id = o.org_id AND p.person_no = o.person_no
LEFT JOIN person_private q ON q.org_id = o.org_id AND q.person_no = o.actor_no
LEFT JOIN debrief d ON d.org_id = o.org_id AND d.observation_no = o.fact_no
LEFT JOIN held h ON h.observation_no = o.fact_no
LEFT JOIN fact_key hf ON hf.org_id = o.org_id AND hf.fact_no = h.hold_no
WHERE o.org_id = $org_no AND o.critical_unhelpful > 0 AND o.relation = 'trainer'
  AND o.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced'))
  AND (d.fact_no IS NULL OR h.hold_no IS NOT NULL
       OR o.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change = 'harm_resolved'))
ORDER BY o.occurred_at, o.fact_no
