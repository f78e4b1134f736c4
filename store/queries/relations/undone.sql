-- What was taken back or replaced, by number.
undone AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
)
