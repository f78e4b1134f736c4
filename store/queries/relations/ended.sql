-- What was taken back or ended, by number; not what was revoked, for that can be restored.
ended AS (
  SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced', 'ended')
)
