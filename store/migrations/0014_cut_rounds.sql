-- Rounds in which judges say how hard the items of a quiz are for people who are just ready, and what each of them says.

CREATE TABLE cut_round (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  blueprint_no INTEGER NOT NULL,
  hub_no INTEGER NOT NULL,
  round_no SMALLINT NOT NULL,
  item_nos INTEGER[] NOT NULL
);

CREATE TABLE cut_judgement (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  cut_round_no BIGINT NOT NULL,
  item_no INTEGER NOT NULL,
  pct SMALLINT NOT NULL
);
