-- Sign-offs: asking for one, renewing one, and a second look at one that is disputed.

-- What a table keeps of a private text stands last, so a column before it asks for the table anew.
ALTER TABLE sign_off RENAME TO sign_off_before;

CREATE TABLE sign_off (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  role_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  is_granted BOOLEAN NOT NULL,
  valid_months SMALLINT NOT NULL,
  needs_countersign BOOLEAN NOT NULL,
  evidence_hash TEXT NOT NULL,
  warned_gates INTEGER[] NOT NULL,
  renews_no BIGINT,
  note_hash TEXT NOT NULL
);

INSERT INTO sign_off
SELECT s.org_id, s.fact_no, s.person_no, s.actor_no, s.occurred_at, s.recorded_at, s.day, s.programme_no, s.role_no,
       s.version_no, s.is_granted, s.valid_months, s.needs_countersign, s.evidence_hash, s.warned_gates, NULL, s.note_hash
FROM sign_off_before s
ORDER BY s.fact_no;

DROP TABLE sign_off_before;

CREATE TABLE decision_asked (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  evidence_hash TEXT NOT NULL
);

CREATE TABLE decision_asked_evidence (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  evidence_no BIGINT NOT NULL
);

CREATE TABLE second_look (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  sign_off_no BIGINT NOT NULL,
  is_granted BOOLEAN NOT NULL
);

CREATE TABLE second_look_level (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  activity_no INTEGER NOT NULL,
  level SMALLINT NOT NULL
);

CREATE TABLE dispute_settled (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  sign_off_no BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL
);
