-- Interests: that somebody knows a trainee otherwise than as a trainer, and so neither rates what counts nor signs.

CREATE TABLE interest_declared (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  holder_no INTEGER NOT NULL,
  reason TEXT NOT NULL
);
