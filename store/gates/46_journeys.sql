-- How far everybody has come and when: the first day of each step since the first enrolment, and the day of leaving. What an
-- enrolment elsewhere has ended still began the time; what never was so did not.
SELECT e.person_no, e.role_no, e.cohort_no, b.began_on, t.session_on, q.quiz_on, o.roleplay_on, o.live_on, f.signed_on,
       CASE WHEN c.change = 'withdrawn' THEN c.day END AS left_on
FROM enrolled e
JOIN (
  SELECT n.person_no, min(n.day) AS began_on
  FROM enrolment n
  WHERE n.org_id = $org_no AND n.person_no BETWEEN $person_from AND $person_to AND n.programme_no = $programme_no
    AND n.occurred_at <= $as_of AND n.recorded_at <= $known_at
    AND n.fact_no NOT IN (SELECT h.target_no FROM change h WHERE h.change IN ('void', 'replaced'))
  GROUP BY n.person_no
) b ON b.person_no = e.person_no
LEFT JOIN (
  -- The newest entry of a session holds: a later "absent" takes it away.
  SELECT s.person_no, min(s.day) AS session_on
  FROM (
    SELECT a.person_no, a.day, a.presence,
           row_number() OVER (PARTITION BY a.person_no, a.session_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
    FROM attendance a
    WHERE a.org_id = $org_no AND a.person_no BETWEEN $person_from AND $person_to AND a.programme_no = $programme_no
      AND a.occurred_at <= $as_of AND a.recorded_at <= $known_at
      AND a.fact_no NOT IN (SELECT g.target_no FROM gone g)
  ) s
  WHERE s.newness = 1 AND s.presence IN ('present', 'made_up')
  GROUP BY s.person_no
) t ON t.person_no = e.person_no
LEFT JOIN (
  SELECT p.person_no, min(p.day) AS quiz_on FROM passed p WHERE p.pass_pct > 0 GROUP BY p.person_no
) q ON q.person_no = e.person_no
LEFT JOIN (
  SELECT w.person_no,
         min(CASE WHEN w.setting = 'roleplay' THEN w.day END) AS roleplay_on,
         min(CASE WHEN w.setting = 'live' THEN w.day END) AS live_on
  FROM observed w
  WHERE w.is_eligible
  GROUP BY w.person_no
) o ON o.person_no = e.person_no
LEFT JOIN (
  -- A sign-off that has to be countersigned holds from that day on.
  SELECT d.person_no, min(CASE WHEN d.needs_countersign THEN k.day ELSE d.day END) AS signed_on
  FROM enrolled r
  JOIN sign_off d ON d.person_no = r.person_no AND d.role_no = r.role_no
  LEFT JOIN (
    SELECT i.sign_off_no, min(i.day) AS day
    FROM countersign i
    WHERE i.org_id = $org_no AND i.person_no BETWEEN $person_from AND $person_to
      AND i.occurred_at <= $as_of AND i.recorded_at <= $known_at
      AND i.fact_no NOT IN (SELECT g.target_no FROM gone g)
    GROUP BY i.sign_off_no
  ) k ON k.sign_off_no = d.fact_no
  WHERE d.org_id = $org_no AND d.person_no BETWEEN $person_from AND $person_to AND d.programme_no = $programme_no
    AND d.is_granted AND d.occurred_at <= $as_of AND d.recorded_at <= $known_at
    AND d.fact_no NOT IN (SELECT h.target_no FROM change h WHERE h.change IN ('void', 'replaced', 'ended'))
  GROUP BY d.person_no
) f ON f.person_no = e.person_no
LEFT JOIN clock c ON c.person_no = e.person_no
ORDER BY e.person_no
