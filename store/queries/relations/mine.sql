-- Whom the acting trainer trains.
mine AS (
  SELECT DISTINCT m.person_no
  FROM assignment m
  WHERE m.org_id = $org_no AND m.trainer_no = $actor_no AND m.person_no <> $actor_no
    AND m.fact_no NOT IN (SELECT e.target_no FROM ended e)
)
