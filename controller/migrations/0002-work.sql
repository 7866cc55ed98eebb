-- What follows is a projection of the journal, or a question that still waits for its answer.

-- A question for a lease, durable before it is asked: an answer to no question of ours is refused.
CREATE TABLE lease_request (
  req_id   TEXT PRIMARY KEY,
  right_id TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'ended'))
) STRICT;

CREATE TABLE lease (
  lease_id   TEXT PRIMARY KEY,
  right_id   TEXT NOT NULL,
  req_id     TEXT NOT NULL UNIQUE,
  expires_ms INTEGER NOT NULL,
  received_wall_ms INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('live', 'voided', 'revoked', 'spent', 'held', 'in-doubt'))
) STRICT;

-- One attempt is one blank. `phase` is the last write-ahead entry; an attempt is open until it has an outcome.
CREATE TABLE attempt (
  subject  TEXT PRIMARY KEY,
  lease_id TEXT NOT NULL,
  right_id TEXT NOT NULL,
  number   INTEGER NOT NULL,
  visit_no TEXT,
  boot     TEXT NOT NULL,
  phase    TEXT NOT NULL CHECK (phase IN ('intended', 'inking', 'printed', 'presenting')),
  outcome  TEXT
) STRICT;
CREATE UNIQUE INDEX attempt_open ON attempt (right_id) WHERE outcome IS NULL;

CREATE TABLE stock (
  account TEXT PRIMARY KEY,
  count   INTEGER NOT NULL
) STRICT;

-- Papers that could not be printed when they were due; no personal data, so they can be printed by anyone's number.
CREATE TABLE owed_paper (
  visit_no TEXT PRIMARY KEY,
  paper    TEXT NOT NULL
) STRICT;

CREATE TABLE counter (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
