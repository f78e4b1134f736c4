-- The rules of every published version as rows, so that one statement judges everybody by the version pinned for them,
-- and what readiness says today, kept beside the facts. `person_gate` and `person_status` are derived: delete them and
-- they come back.

-- One row for each gate of a role. `need` is the sum over its parts; a gate without parts asks for nothing.
CREATE TABLE gate (
  org_id INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  role_no INTEGER NOT NULL,
  gate_no INTEGER NOT NULL,
  position SMALLINT NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  n_parts SMALLINT NOT NULL,
  need INTEGER NOT NULL,
  PRIMARY KEY (org_id, programme_no, version_no, role_no, gate_no)
);

-- One row for each part and each thing it names; a column that a kind does not use is NULL. `reference` is the text id of
-- what is named (session, blueprint, checklist, competency, certificate, prerequisite), `reference_no` its number in `term`.
CREATE TABLE gate_rule (
  org_id INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  role_no INTEGER NOT NULL,
  gate_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  part_no SMALLINT NOT NULL,
  line_no SMALLINT NOT NULL,
  need SMALLINT NOT NULL,
  reference TEXT,
  reference_no INTEGER,
  setting TEXT,
  stage_rank SMALLINT,
  distinct_by TEXT,
  relation TEXT,
  level SMALLINT,
  last_n SMALLINT,
  minutes INTEGER,
  months SMALLINT,
  max_age_days INTEGER,
  window_days INTEGER,
  max_gap_days INTEGER,
  min_answers INTEGER,
  min_mean_hundredths SMALLINT,
  PRIMARY KEY (org_id, programme_no, version_no, role_no, gate_no, part_no, line_no)
);

-- One row for each role of a version: how a sign-off ages.
CREATE TABLE role_rule (
  org_id INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  role_no INTEGER NOT NULL,
  due_soon_days SMALLINT NOT NULL,
  PRIMARY KEY (org_id, programme_no, version_no, role_no)
);

-- Derived: where each enrolled person stands. `ledger_position` is the number of the last fact there was.
CREATE TABLE person_status (
  org_id INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  role_no INTEGER NOT NULL,
  cohort_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  status TEXT NOT NULL,
  valid_until DATE,
  hold_since DATE,
  as_of TIMESTAMP NOT NULL,
  as_of_day DATE NOT NULL,
  ledger_position BIGINT NOT NULL,
  PRIMARY KEY (org_id, programme_no, person_no)
);

-- Derived: each gate of each enrolled person.
CREATE TABLE person_gate (
  org_id INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  role_no INTEGER NOT NULL,
  cohort_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  gate_no INTEGER NOT NULL,
  position SMALLINT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  have INTEGER NOT NULL,
  need INTEGER NOT NULL,
  next_part SMALLINT,
  as_of_day DATE NOT NULL,
  ledger_position BIGINT NOT NULL,
  PRIMARY KEY (org_id, programme_no, person_no, gate_no)
);

-- Derived: how far the two tables above are up to date.
CREATE TABLE standing_as_of (
  org_id INTEGER NOT NULL,
  as_of TIMESTAMP NOT NULL,
  as_of_day DATE NOT NULL,
  ledger_position BIGINT NOT NULL,
  PRIMARY KEY (org_id)
);
