-- Support: when people are free, meetings, asking to be contacted, sessions ahead, confidence, buddies.
-- A meeting and a session are kept by the clock on the wall: day, minute of that day, zone.

CREATE TABLE availability (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  zone TEXT NOT NULL,
  in_person BOOLEAN NOT NULL,
  by_phone BOOLEAN NOT NULL,
  by_video BOOLEAN NOT NULL,
  in_group BOOLEAN NOT NULL,
  languages INTEGER[] NOT NULL,
  group_size SMALLINT NOT NULL,
  needs_creche BOOLEAN NOT NULL,
  needs_travel_help BOOLEAN NOT NULL
);

CREATE TABLE availability_window (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  weekday SMALLINT NOT NULL,
  start_minute SMALLINT NOT NULL,
  end_minute SMALLINT NOT NULL
);

CREATE TABLE free_exception (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  zone TEXT NOT NULL,
  day_on DATE NOT NULL,
  start_minute SMALLINT NOT NULL,
  end_minute SMALLINT NOT NULL,
  is_free BOOLEAN NOT NULL
);

CREATE TABLE meeting_offered (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  supervisor_no INTEGER NOT NULL,
  meets_on DATE NOT NULL,
  start_minute SMALLINT NOT NULL,
  zone TEXT NOT NULL,
  minutes SMALLINT NOT NULL,
  mode TEXT NOT NULL,
  language TEXT NOT NULL
);

CREATE TABLE meeting_booked (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  meeting_no BIGINT NOT NULL
);

CREATE TABLE meeting_ended (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  meeting_no BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  party TEXT,
  reason TEXT,
  supervision_no BIGINT
);

CREATE TABLE contact_asked (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  topic TEXT NOT NULL,
  asked_no INTEGER
);

CREATE TABLE session_planned (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  cohort_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  session_code TEXT NOT NULL,
  meets_on DATE NOT NULL,
  start_minute SMALLINT NOT NULL,
  zone TEXT NOT NULL,
  minutes SMALLINT NOT NULL,
  first_leader_no INTEGER,
  second_leader_no INTEGER
);

CREATE TABLE preparation_noted (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  planned_no BIGINT NOT NULL,
  thing TEXT NOT NULL,
  state TEXT NOT NULL
);

CREATE TABLE check_in_choice (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  tells_supervisor BOOLEAN NOT NULL
);

CREATE TABLE confidence_rated (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  moment TEXT NOT NULL
);

CREATE TABLE confidence_rated_level (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  domain_no INTEGER NOT NULL,
  level SMALLINT NOT NULL
);

CREATE TABLE buddy_paired (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  cohort_no INTEGER NOT NULL,
  buddy_no INTEGER NOT NULL
);
