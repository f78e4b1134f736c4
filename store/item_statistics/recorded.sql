-- What people gave at their first counting attempt at a quiz, from the facts; items as terms of a version.
-- An attempt that was scored anew keeps its instant, and so its place as the first.
WITH ranked AS (
  SELECT a.person_no, a.fact_no, a.started_no, a.per_point,
         row_number() OVER (PARTITION BY a.person_no ORDER BY a.occurred_at, a.fact_no) AS place
  FROM attempt a
  WHERE a.org_id = $org_no AND a.programme_no = $programme_no AND a.blueprint_no = $blueprint_no AND a.counts
    AND ($among IS NULL OR a.person_no = ANY($among))
    AND a.fact_no NOT IN (
      SELECT target_no FROM amendment WHERE org_id = $org_no AND change IN ('void', 'replaced')
    )
), forms AS (
  SELECT r.person_no, r.fact_no, r.started_no, r.per_point, s.version_no, row_number() OVER () AS form_no
  FROM ranked r
  JOIN attempt_started s ON s.org_id = $org_no AND s.person_no = r.person_no AND s.fact_no = r.started_no
  WHERE r.place = 1
), newest AS (
  SELECT f.form_no, r.position, max(r.fact_no) AS fact_no
  FROM forms f
  JOIN response r ON r.org_id = $org_no AND r.person_no = f.person_no AND r.started_no = f.started_no
  GROUP BY f.form_no, r.position
), chosen AS (
  SELECT n.form_no, n.position, array_to_string(r.chosen, ',') AS response
  FROM newest n
  JOIN response r ON r.org_id = $org_no AND r.fact_no = n.fact_no
)
SELECT f.form_no AS person_no, i.item_no AS term_no, f.version_no,
       CAST(i.points AS DOUBLE PRECISION) / f.per_point AS mark,
       CAST(i.rest_points AS DOUBLE PRECISION) / f.per_point AS rest, coalesce(c.response, '') AS response
FROM forms f
JOIN attempt_item i ON i.org_id = $org_no AND i.person_no = f.person_no AND i.fact_no = f.fact_no
LEFT JOIN chosen c ON c.form_no = f.form_no AND c.position = i.position
