-- Ratings of standard vignettes, by which raters compare their eye with the programme's.

CREATE TABLE vignette_rated (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  vignette_no INTEGER NOT NULL,
  round_no SMALLINT NOT NULL,
  n_vignettes SMALLINT NOT NULL
);

CREATE TABLE vignette_rated_line (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  line_no INTEGER NOT NULL,
  level SMALLINT NOT NULL,
  gold SMALLINT NOT NULL
);

CREATE TABLE vignette_rated_seen (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  line_no INTEGER NOT NULL,
  behaviour_no INTEGER NOT NULL
);
