-- What each person last answered to what was decided about them.
answered AS (
  SELECT k.target_no, k.agrees, k.day, row_number() OVER (PARTITION BY k.target_no ORDER BY k.occurred_at DESC, k.fact_no DESC) AS newest
  FROM acknowledgement k
  WHERE k.org_id = $org_no
),
-- Of each person in each programme the newest decision: only that one says something about today.
latest AS (
  SELECT s.fact_no, s.person_no, s.programme_no, s.actor_no, s.is_granted,
         CAST(s.day + s.valid_months * INTERVAL '1 month' AS DATE) AS valid_until,
         row_number() OVER (PARTITION BY s.person_no, s.programme_no ORDER BY s.occurred_at DESC, s.fact_no DESC) AS newest
  FROM sign_off s
  WHERE s.org_id = $org_no
    AND s.fact_no NOT IN (SELECT u.target_no FROM undone u)
)
