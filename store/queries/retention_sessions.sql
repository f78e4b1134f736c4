-- How many sessions ended more than a number of days ago.
-- record: none
-- right: none
-- reach: system
SELECT count(*) AS n, min(least(s.expires_at, coalesce(s.revoked_at, s.expires_at))) AS first_ended_at
FROM login_session s
WHERE s.org_id = $org_no AND least(s.expires_at, coalesce(s.revoked_at, s.expires_at)) < CAST($now AS TIMESTAMP) - $n_days * INTERVAL '1 day'
