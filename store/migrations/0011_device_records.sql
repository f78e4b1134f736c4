-- Forms filled in without signal, as they arrived, and what a training lead decided about those that were held.

CREATE TABLE device_record (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  checklist_no INTEGER NOT NULL,
  setting VARCHAR NOT NULL,
  stage VARCHAR NOT NULL,
  scenario_no INTEGER,
  session_code VARCHAR NOT NULL,
  counts BOOLEAN NOT NULL,
  has_co_leader BOOLEAN NOT NULL,
  global_rating VARCHAR NOT NULL,
  entrustment SMALLINT NOT NULL,
  confirms_harm BOOLEAN NOT NULL,
  begun_at TIMESTAMP NOT NULL,
  claimed_at TIMESTAMP NOT NULL,
  offset_minutes SMALLINT NOT NULL,
  zone VARCHAR NOT NULL,
  skew_s INTEGER NOT NULL,
  digest VARCHAR NOT NULL,
  held_for VARCHAR
);

CREATE TABLE device_record_answer (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  line_no INTEGER NOT NULL,
  behaviour_no INTEGER,
  state VARCHAR NOT NULL
);

CREATE TABLE device_record_settled (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  record_no BIGINT NOT NULL,
  is_accepted BOOLEAN NOT NULL,
  reason VARCHAR NOT NULL
);
