-- What people write to the prompts of a log, such as after watching an experienced leader. The entry is a milestone.

CREATE TABLE log_answer (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  entry_no BIGINT NOT NULL,
  prompt_no INTEGER NOT NULL,
  words_hash TEXT NOT NULL
);
