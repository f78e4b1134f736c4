-- Appeals and their decisions; what was erased, and what was destroyed after its time.

CREATE TABLE appeal (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  target_no BIGINT NOT NULL,
  about TEXT NOT NULL,
  ground TEXT NOT NULL,
  note_hash TEXT NOT NULL
);

CREATE TABLE appeal_decided (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  appeal_no BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  finding TEXT NOT NULL
);

CREATE TABLE person_erased (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL
);

CREATE TABLE destruction (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  category TEXT NOT NULL,
  cohort_no INTEGER,
  n_destroyed INTEGER NOT NULL,
  period_days INTEGER NOT NULL
);
