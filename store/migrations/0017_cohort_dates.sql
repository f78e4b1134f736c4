-- The last day of a cohort, set or moved after it was opened: the newest holds.
CREATE TABLE cohort_dated (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  cohort_no INTEGER NOT NULL,
  ends_on DATE NOT NULL
);
