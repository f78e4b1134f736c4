-- Facts are appended, never changed. Keys lead with org_id and are the only indexes.
-- A fact's table bears the name of its class. fact_no rises with each commit; day is the organisation's local date.

-- Which files of this folder were applied, and what they held.
CREATE TABLE schema_migration (
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TIMESTAMP NOT NULL,
  PRIMARY KEY (version)
);

CREATE TABLE org (
  org_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  timezone TEXT NOT NULL,
  is_synthetic BOOLEAN NOT NULL,
  PRIMARY KEY (org_id),
  UNIQUE (name)
);

-- Text ids of programmes, hubs and cohorts stand as numbers in the facts.
CREATE TABLE term (
  term_no INTEGER NOT NULL,
  term TEXT NOT NULL,
  PRIMARY KEY (term_no),
  UNIQUE (term)
);

-- The one key of every fact: its client-made id, its number, its table, the SHA-256 of what was recorded.
CREATE TABLE fact_key (
  org_id INTEGER NOT NULL,
  fact_id UUID NOT NULL,
  fact_no BIGINT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (org_id, fact_id)
);

-- ---------------------------------------------------------------- the four tables that may be deleted from

CREATE TABLE person_private (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  name TEXT NOT NULL,
  login TEXT NOT NULL,
  PRIMARY KEY (org_id, person_no)
);

-- A fact holds SHA-256(nonce || text) of each of its texts.
CREATE TABLE private_text (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  field TEXT NOT NULL,
  nonce TEXT NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE wellbeing (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  entry_id UUID NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  level SMALLINT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (org_id, entry_id)
);

CREATE TABLE login_session (
  org_id INTEGER NOT NULL,
  token_hash TEXT NOT NULL,
  person_no INTEGER NOT NULL,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  revoked_at TIMESTAMP,
  PRIMARY KEY (org_id, token_hash)
);

-- ---------------------------------------------------------------- published programmes

CREATE TABLE programme_version (
  org_id INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no INTEGER NOT NULL,
  version TEXT NOT NULL,
  digest TEXT NOT NULL,
  published_at TIMESTAMP NOT NULL,
  bundle BLOB NOT NULL,
  PRIMARY KEY (org_id, programme_no, version_no)
);

-- ---------------------------------------------------------------- facts about people

CREATE TABLE amendment (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  target_no BIGINT NOT NULL,
  change TEXT NOT NULL,
  reason TEXT NOT NULL
);

CREATE TABLE person_added (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  via TEXT NOT NULL
);

CREATE TABLE hub_opened (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  hub_no INTEGER NOT NULL,
  title TEXT NOT NULL
);

CREATE TABLE hub_contact (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  hub_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  phone TEXT NOT NULL
);

-- Named so because GRANT is a reserved word.
CREATE TABLE office_grant (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  office TEXT NOT NULL,
  scope TEXT NOT NULL,
  hub_no INTEGER,
  record_no INTEGER,
  until_on DATE
);

CREATE TABLE assignment (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  trainer_no INTEGER NOT NULL
);

CREATE TABLE cohort_opened (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  cohort_no INTEGER NOT NULL,
  hub_no INTEGER NOT NULL,
  programme_no INTEGER NOT NULL,
  title TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE
);

CREATE TABLE enrolment (
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
  version_no SMALLINT NOT NULL
);

CREATE TABLE pause (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  change TEXT NOT NULL,
  reason TEXT NOT NULL
);

CREATE TABLE token_issued (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  purpose TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  expires_at TIMESTAMP NOT NULL
);

CREATE TABLE password_set (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  password_hash TEXT NOT NULL,
  token_no BIGINT
);

CREATE TABLE notice_seen (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  version TEXT NOT NULL
);

CREATE TABLE record_opened (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  what TEXT NOT NULL
);

CREATE TABLE operator_act (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  command TEXT NOT NULL,
  system_user TEXT NOT NULL
);

-- ---------------------------------------------------------------- facts about training and practice

CREATE TABLE module_progress (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  module_no INTEGER NOT NULL,
  step SMALLINT NOT NULL,
  is_read BOOLEAN NOT NULL
);

CREATE TABLE attendance (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  session_no INTEGER NOT NULL,
  presence TEXT NOT NULL,
  minutes SMALLINT NOT NULL,
  late_reason TEXT NOT NULL
);

CREATE TABLE milestone (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  other_no INTEGER,
  late_reason TEXT NOT NULL,
  note_hash TEXT NOT NULL
);

CREATE TABLE attempt_started (
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
  pool TEXT NOT NULL,
  seed BIGINT NOT NULL,
  item_nos INTEGER[] NOT NULL,
  option_orders TEXT NOT NULL
);

CREATE TABLE response (
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
  chosen INTEGER[] NOT NULL,
  certainty SMALLINT,
  is_flagged BOOLEAN NOT NULL
);

CREATE TABLE attempt (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  started_no BIGINT NOT NULL,
  blueprint_no INTEGER NOT NULL,
  counts BOOLEAN NOT NULL,
  score SMALLINT NOT NULL,
  max_score SMALLINT NOT NULL,
  critical_total SMALLINT NOT NULL,
  critical_missed SMALLINT NOT NULL,
  pass_pct SMALLINT NOT NULL
);

CREATE TABLE attempt_item (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  item_no INTEGER NOT NULL,
  points SMALLINT NOT NULL,
  max_points SMALLINT NOT NULL,
  rest_points SMALLINT NOT NULL
);

CREATE TABLE unlock (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  blueprint_no INTEGER NOT NULL,
  reason TEXT NOT NULL
);

CREATE TABLE observation_request (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  checklist_no INTEGER NOT NULL,
  setting TEXT NOT NULL,
  asked_no INTEGER
);

CREATE TABLE observation_opened (
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
  setting TEXT NOT NULL,
  stage TEXT NOT NULL,
  scenario_no INTEGER,
  session_code TEXT NOT NULL,
  relation TEXT NOT NULL,
  counts BOOLEAN NOT NULL,
  has_co_leader BOOLEAN NOT NULL
);

CREATE TABLE tick (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  opened_no BIGINT NOT NULL,
  line_no INTEGER NOT NULL,
  behaviour_no INTEGER,
  state TEXT NOT NULL
);

CREATE TABLE observation (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  opened_no BIGINT NOT NULL,
  version_no SMALLINT NOT NULL,
  checklist_no INTEGER NOT NULL,
  setting TEXT NOT NULL,
  stage TEXT NOT NULL,
  stage_rank SMALLINT NOT NULL,
  scenario_no INTEGER,
  session_code TEXT NOT NULL,
  relation TEXT NOT NULL,
  counts BOOLEAN NOT NULL,
  has_co_leader BOOLEAN NOT NULL,
  pct SMALLINT NOT NULL,
  min_level SMALLINT,
  is_passed BOOLEAN NOT NULL,
  critical_unhelpful SMALLINT NOT NULL,
  global_rating TEXT NOT NULL,
  entrustment SMALLINT NOT NULL,
  seconds INTEGER NOT NULL,
  strength_hash TEXT NOT NULL,
  next_step_hash TEXT NOT NULL
);

CREATE TABLE rating (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  line_no INTEGER NOT NULL,
  competency_no INTEGER NOT NULL,
  level SMALLINT
);

CREATE TABLE acknowledgement (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  target_no BIGINT NOT NULL,
  agrees BOOLEAN NOT NULL,
  note_hash TEXT NOT NULL
);

CREATE TABLE hold (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  observation_no BIGINT NOT NULL,
  behaviour_no INTEGER NOT NULL
);

CREATE TABLE debrief (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  observation_no BIGINT NOT NULL,
  procedure_followed BOOLEAN NOT NULL
);

CREATE TABLE supervision (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  supervisor_no INTEGER NOT NULL,
  minutes SMALLINT NOT NULL,
  mode TEXT NOT NULL,
  late_reason TEXT NOT NULL
);

CREATE TABLE certificate (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  certificate_no INTEGER NOT NULL,
  issued_on DATE NOT NULL,
  expires_on DATE NOT NULL
);

CREATE TABLE calibration (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  is_passed BOOLEAN NOT NULL
);

CREATE TABLE participant_summary (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  group_code TEXT NOT NULL,
  mean_hundredths SMALLINT NOT NULL,
  n_answers INTEGER NOT NULL
);

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
  note_hash TEXT NOT NULL
);

CREATE TABLE sign_off_evidence (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  evidence_no BIGINT NOT NULL
);

CREATE TABLE sign_off_level (
  org_id INTEGER NOT NULL,
  person_no INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  activity_no INTEGER NOT NULL,
  level SMALLINT NOT NULL
);

CREATE TABLE countersign (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  sign_off_no BIGINT NOT NULL
);

CREATE TABLE programme_published (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  version TEXT NOT NULL,
  digest TEXT NOT NULL
);

CREATE TABLE safeguarding_approved (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  approver_name TEXT NOT NULL,
  qualification TEXT NOT NULL
);

CREATE TABLE programme_activated (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  programme_no INTEGER NOT NULL,
  version_no SMALLINT NOT NULL,
  hub_no INTEGER NOT NULL
);

