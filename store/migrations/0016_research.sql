-- Who agrees to research, and reports that were issued to funders.

CREATE TABLE research_choice (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  agrees BOOLEAN NOT NULL,
  words_version TEXT NOT NULL
);

CREATE TABLE report_issued (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  hub_no INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  report_no INTEGER NOT NULL,
  report TEXT NOT NULL,
  report_hash TEXT NOT NULL
);
