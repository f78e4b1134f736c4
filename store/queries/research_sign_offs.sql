-- The decisions about some people: granted or not, confirmed by a second person, revoked since.
-- record: none
-- right: none
-- reach: system
-- with: undone, revoked
SELECT s.fact_no, s.person_no, s.day, s.version_no, s.is_granted, s.valid_months, s.needs_countersign,
       (s.fact_no IN (
          SELECT c.sign_off_no FROM countersign c
          WHERE c.org_id = $org_no AND c.fact_no NOT IN (SELECT g.target_no FROM undone g)
        )) AS is_countersigned,
       (s.fact_no IN (SELECT r.target_no FROM revoked r)) AS is_revoked
FROM sign_off s
WHERE s.org_id = $org_no AND s.programme_no = $programme_no AND s.person_no = ANY($among)
  AND s.fact_no NOT IN (SELECT g.target_no FROM undone g)
ORDER BY s.person_no, s.occurred_at, s.fact_no
