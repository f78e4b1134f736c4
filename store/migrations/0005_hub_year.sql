-- A hub's year: work that is handed over, trainees who change hub, cohorts that close.

CREATE TABLE work_handed_over (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  target_no BIGINT NOT NULL,
  kind TEXT NOT NULL,
  from_no INTEGER NOT NULL,
  to_no INTEGER
);

CREATE TABLE move_consent (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  from_hub_no INTEGER NOT NULL,
  hub_no INTEGER NOT NULL
);

CREATE TABLE cohort_closed (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  cohort_no INTEGER NOT NULL,
  n_people INTEGER NOT NULL,
  board_hash TEXT NOT NULL
);

-- Where a person stood when their cohort closed is kept, so that it can be shown as it was by any later program.
CREATE TABLE cohort_outcome (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  cohort_no INTEGER NOT NULL,
  role_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  outcome TEXT NOT NULL,
  status TEXT NOT NULL,
  valid_until DATE,
  hold_since DATE
);

CREATE TABLE cohort_outcome_gate (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  gate_no INTEGER NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  have INTEGER NOT NULL,
  need INTEGER NOT NULL,
  next_part SMALLINT
);

CREATE TABLE cohort_outcome_kept (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  category TEXT NOT NULL,
  until_on DATE NOT NULL
);
