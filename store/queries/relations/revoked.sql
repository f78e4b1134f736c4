-- The sign-offs that are revoked now, by number: whose newest change is that, and not the restoring.
revoked AS (
  SELECT r.target_no
  FROM (
    SELECT a.target_no, a.change,
           row_number() OVER (PARTITION BY a.target_no ORDER BY a.occurred_at DESC, a.fact_no DESC) AS newness
    FROM amendment a
    WHERE a.org_id = $org_no AND a.change IN ('revoked', 'restored')
  ) r
  WHERE r.newness = 1 AND r.change = 'revoked'
)
