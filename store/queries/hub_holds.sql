-- The holds of a hub for the safeguarding lead: whom, since when, which behaviour, who saw it, debriefed or not; lifted ones too.
-- record: hold
-- right: lift
-- reach: hub
WITH change AS (
  SELECT a.target_no, a.change, a.reason, a.day, a.actor_no FROM amendment a WHERE a.org_id = $org_no
)
SELECT f.fact_id, h.person_no, coalesce(p.name, 'Person ' || h.person_no) AS name, h.day AS since, h.occurred_at,
       g.term AS programme_id, o.version_no, k.term AS checklist_id, o.setting, b.term AS behaviour_id,
       h.actor_no AS rater_no, coalesce(q.name, 'Person ' || h.actor_no) AS rater_name,
       d.day AS debriefed_on, d.procedure_followed, coalesce(z.name, 'Person ' || d.actor_no) AS debriefed_name,
       c.change AS ended_by, c.day AS ended_on, c.reason AS ended_reason,
       coalesce(e.name, 'Person ' || c.actor_no) AS ended_name
FROM hold h
JOIN observation o ON o.org_id = h.org_id AND o.fact_no = h.observation_no
JOIN fact_key f ON f.org_id = h.org_id AND f.fact_no = h.fact_no
JOIN term g ON g.term_no = h.programme_no
JOIN term k ON k.term_no = o.checklist_no
JOIN term b ON b.term_no = h.behaviour_no
JOIN (
  SELECT n.person_no, n.programme_no, n.cohort_no,
         row_number() OVER (PARTITION BY n.person_no, n.programme_no ORDER BY n.occurred_at DESC, n.fact_no DESC) AS newest
  FROM enrolment n
  WHERE n.org_id = $org_no
    AND n.fact_no NOT IN (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced'))
) n ON n.person_no = h.person_no AND n.programme_no = h.programme_no AND n.newest = 1
JOIN cohort_opened w ON w.org_id = h.org_id AND w.cohort_no = n.cohort_no AND w.hub_no = $hub_no
LEFT JOIN debrief d ON d.org_id = h.org_id AND d.observation_no = h.observation_no
LEFT JOIN person_private z ON z.org_id = h.org_id AND z.person_no = d.actor_no
LEFT JOIN change c ON c.target_no = h.fact_no AND c.change IN ('void', 'lifted')
LEFT JOIN person_private p ON p.org_id = h.org_id AND p.person_no = h.person_no
LEFT JOIN person_private q ON q.org_id = h.org_id AND q.person_no = h.actor_no
LEFT JOIN person_private e ON e.org_id = h.org_id AND e.person_no = c.actor_no
WHERE h.org_id = $org_no
ORDER BY c.change IS NOT NULL, h.occurred_at, h.fact_no
