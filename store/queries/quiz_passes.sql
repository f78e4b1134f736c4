-- Of each quiz, how many people handed in an attempt that counts, how many of them passed it, and how many at the first try.
-- record: none
-- right: none
-- reach: system
-- with: undone
WITH enrolled AS (
  SELECT e.person_no, e.cohort_no,
         row_number() OVER (PARTITION BY e.person_no ORDER BY e.occurred_at DESC, e.fact_no DESC) AS newest
  FROM enrolment e
  WHERE e.org_id = $org_no AND e.programme_no = $programme_no AND e.fact_no NOT IN (SELECT g.target_no FROM undone g)
),
tried AS (
  SELECT a.person_no, a.blueprint_no,
         (a.max_score > 0
          AND CAST(a.score AS INTEGER) * 100 >= CAST(a.pass_pct AS INTEGER) * CAST(a.max_score AS INTEGER)) AS is_passed,
         row_number() OVER (PARTITION BY a.person_no, a.blueprint_no ORDER BY a.occurred_at, a.fact_no) AS nth
  FROM attempt a
  JOIN enrolled e ON e.person_no = a.person_no AND e.newest = 1
  JOIN cohort_opened h ON h.org_id = $org_no AND h.cohort_no = e.cohort_no
  WHERE a.org_id = $org_no AND a.programme_no = $programme_no AND a.counts AND h.hub_no = $hub_no
    AND ($cohort_no = -1 OR e.cohort_no = $cohort_no) AND ($among IS NULL OR a.person_no = ANY($among))
    AND a.fact_no NOT IN (SELECT g.target_no FROM undone g)
)
SELECT b.term AS blueprint_id, count(DISTINCT t.person_no) AS n_tried,
       count(DISTINCT CASE WHEN t.is_passed THEN t.person_no END) AS n_passed,
       count(DISTINCT CASE WHEN t.is_passed AND t.nth = 1 THEN t.person_no END) AS n_first
FROM tried t
JOIN term b ON b.term_no = t.blueprint_no
GROUP BY b.term
ORDER BY b.term
