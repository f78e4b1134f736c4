-- Quizzes: more kinds of item, tries, time limits, sittings, marks by people, corrected keys, refreshers, media.
-- A new column of an old table gets its default first, and is never empty from then on.

ALTER TABLE attempt_started ADD COLUMN form_no SMALLINT;
ALTER TABLE attempt_started ADD COLUMN limit_s INTEGER;
ALTER TABLE attempt_started ADD COLUMN sitting_no BIGINT;
ALTER TABLE response ADD COLUMN n_tries SMALLINT DEFAULT 0;
ALTER TABLE response ALTER COLUMN n_tries SET NOT NULL;
ALTER TABLE response ADD COLUMN told_right BOOLEAN;
ALTER TABLE response ADD COLUMN is_late BOOLEAN DEFAULT FALSE;
ALTER TABLE response ALTER COLUMN is_late SET NOT NULL;
ALTER TABLE response ADD COLUMN text_hash TEXT DEFAULT '';
ALTER TABLE response ALTER COLUMN text_hash SET NOT NULL;
ALTER TABLE attempt ADD COLUMN per_point SMALLINT DEFAULT 1;
ALTER TABLE attempt ALTER COLUMN per_point SET NOT NULL;
ALTER TABLE attempt ADD COLUMN n_unmarked SMALLINT DEFAULT 0;
ALTER TABLE attempt ALTER COLUMN n_unmarked SET NOT NULL;
ALTER TABLE attempt ADD COLUMN replaces_no BIGINT;
ALTER TABLE attempt ADD COLUMN correction_no BIGINT;
ALTER TABLE attempt_item ADD COLUMN is_right BOOLEAN;

-- Hundredths of points need more room.
ALTER TABLE attempt ALTER COLUMN score SET DATA TYPE INTEGER;
ALTER TABLE attempt ALTER COLUMN max_score SET DATA TYPE INTEGER;
ALTER TABLE attempt_item ALTER COLUMN points SET DATA TYPE INTEGER;
ALTER TABLE attempt_item ALTER COLUMN max_points SET DATA TYPE INTEGER;
ALTER TABLE attempt_item ALTER COLUMN rest_points SET DATA TYPE INTEGER;

CREATE TABLE accommodation (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  time TEXT NOT NULL
);

CREATE TABLE sitting (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  blueprint_no INTEGER NOT NULL,
  hub_no INTEGER NOT NULL,
  code TEXT NOT NULL,
  closes_at TIMESTAMP NOT NULL
);

CREATE TABLE text_mark (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  started_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  item_no INTEGER NOT NULL,
  mark_no SMALLINT NOT NULL,
  levels INTEGER[] NOT NULL
);

CREATE TABLE second_mark_asked (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  started_no BIGINT NOT NULL,
  position SMALLINT NOT NULL
);

CREATE TABLE key_correction (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  item_no INTEGER NOT NULL,
  treatment TEXT NOT NULL,
  reason TEXT NOT NULL,
  chosen INTEGER[] NOT NULL,
  accepts TEXT NOT NULL
);

CREATE TABLE refresher_answer (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  section_no INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  chosen INTEGER[] NOT NULL,
  is_right BOOLEAN NOT NULL,
  text_hash TEXT NOT NULL
);

-- The pictures, sound and film of published programmes, each once, named by the SHA-256 of its bytes.
CREATE TABLE media (
  org_id INTEGER NOT NULL,
  digest TEXT NOT NULL,
  type TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (org_id, digest)
);
