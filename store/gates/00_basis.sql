-- Which facts were taken back, and whom the question is about: read by every gate.
-- A fact counts when it had happened by $as_of and was known by $known_at. Days are days of the organisation's calendar.

-- Void and replaced say "it never was so": only when that was known matters. Every other change holds from its own instant.
change AS (
  SELECT a.target_no, a.change, a.occurred_at, a.fact_no
  FROM amendment a
  WHERE a.org_id = $org_no AND a.person_no BETWEEN $person_from AND $person_to
    AND a.recorded_at <= $known_at
    AND (a.change IN ('void', 'replaced') OR a.occurred_at <= $as_of)
),
gone AS (SELECT c.target_no FROM change c WHERE c.change IN ('void', 'replaced', 'revoked', 'ended')),

-- The enrolment in force: the newest of the programme, with the role and the version pinned there.
enrolled AS (
  SELECT e.person_no, e.cohort_no, e.role_no, e.version_no, e.occurred_at AS enrolled_at, e.fact_no AS enrolment_no
  FROM (
    SELECT n.person_no, n.cohort_no, n.role_no, n.version_no, n.occurred_at, n.fact_no,
           row_number() OVER (PARTITION BY n.person_no ORDER BY n.occurred_at DESC, n.fact_no DESC) AS newness
    FROM enrolment n
    WHERE n.org_id = $org_no AND n.person_no BETWEEN $person_from AND $person_to AND n.programme_no = $programme_no
      AND n.occurred_at <= $as_of AND n.recorded_at <= $known_at
      AND n.fact_no NOT IN (SELECT g.target_no FROM gone g)
  ) e
  WHERE e.newness = 1
    AND ($cohort_no = -1 OR e.cohort_no = $cohort_no)
    AND ($role_no = -1 OR e.role_no = $role_no)
    AND ($hub_no = -1 OR e.cohort_no IN (
      SELECT h.cohort_no FROM cohort_opened h WHERE h.org_id = $org_no AND h.hub_no = $hub_no
    ))
),

-- Every observation in force. A rating can count when a trainer other than the person gave it in a counting observation,
-- with a co-leader beside them when the group was a live one.
observed AS (
  SELECT o.person_no, e.role_no, e.version_no, o.fact_no, o.occurred_at, o.day, o.actor_no, o.checklist_no, o.setting,
         o.stage_rank, o.scenario_no, o.session_code, o.relation, o.critical_unhelpful,
         (o.is_passed AND o.critical_unhelpful = 0) AS is_passed,
         (o.relation = 'trainer' AND o.actor_no <> o.person_no) AS is_by_trainer,
         (o.counts AND o.relation = 'trainer' AND o.actor_no <> o.person_no
          AND (o.setting <> 'live' OR o.has_co_leader)) AS is_eligible
  FROM enrolled e
  JOIN observation o ON o.person_no = e.person_no
  WHERE o.org_id = $org_no AND o.person_no BETWEEN $person_from AND $person_to AND o.programme_no = $programme_no
    AND o.occurred_at <= $as_of AND o.recorded_at <= $known_at
    AND o.fact_no NOT IN (SELECT g.target_no FROM gone g)
)
