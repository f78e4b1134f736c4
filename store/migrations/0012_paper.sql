-- Forms that were filled in on paper, or on a tablet elsewhere, and taken over from a file: who did it, from which sheet.

CREATE TABLE sheet_taken_over (
  org_id INTEGER NOT NULL,
  fact_no BIGINT NOT NULL,
  person_no INTEGER NOT NULL,
  actor_no INTEGER NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  day DATE NOT NULL,
  opened_no BIGINT NOT NULL,
  source TEXT NOT NULL,
  sheet TEXT NOT NULL,
  content TEXT NOT NULL,
  late_reason TEXT NOT NULL
);
