CREATE TABLE kiosk (
  kiosk         TEXT PRIMARY KEY,
  shard         TEXT NOT NULL,
  site          TEXT NOT NULL,   -- JSON: SiteInfo
  sealing_key   TEXT NOT NULL,   -- JSON: public JWK of the kiosk
  password_hash TEXT NOT NULL,
  registered_ms INTEGER NOT NULL
) STRICT;

-- One row per database file of a kiosk: how far its journal has come in, contiguously.
CREATE TABLE epoch (
  kiosk     TEXT NOT NULL,
  epoch     INTEGER NOT NULL,
  opened_ms INTEGER NOT NULL,
  closed_ms INTEGER,
  seq       INTEGER NOT NULL,
  hash      BLOB NOT NULL,
  PRIMARY KEY (kiosk, epoch)
) STRICT;

-- The kiosks' journals, text by text as they were written. A rowid table with a unique index: twice as fast to fill.
CREATE TABLE entry (
  kiosk       TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  text        TEXT NOT NULL,
  hash        BLOB NOT NULL,
  type        TEXT NOT NULL,
  subject     TEXT,
  visit_no    TEXT,
  at_ms       INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  quarantined TEXT           -- why its content could not be used; it is kept and acknowledged all the same
) STRICT;
CREATE UNIQUE INDEX entry_place ON entry (kiosk, epoch, seq);
CREATE INDEX entry_visit ON entry (visit_no) WHERE visit_no IS NOT NULL;
CREATE INDEX entry_subject ON entry (subject) WHERE subject IS NOT NULL;

-- Another history than the one already committed: set aside, never acknowledged.
CREATE TABLE fork (
  kiosk       TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  first       INTEGER NOT NULL,
  payload     TEXT NOT NULL,
  received_ms INTEGER NOT NULL
) STRICT;

-- What an entry said that the tables did not expect: for a person to look at.
CREATE TABLE anomaly (
  kiosk   TEXT NOT NULL,
  epoch   INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  what    TEXT NOT NULL,
  seen_ms INTEGER NOT NULL
) STRICT;

-- `person` is a keyed hash of the NIK. One right per person is open over all card generations.
CREATE TABLE print_right (
  right_id   TEXT PRIMARY KEY,
  person     TEXT NOT NULL,
  generation INTEGER NOT NULL,
  state      TEXT NOT NULL,
  kiosk      TEXT,
  epoch      INTEGER,
  lease_id   TEXT,
  changed_ms INTEGER NOT NULL,
  UNIQUE (person, generation)
) STRICT;
CREATE UNIQUE INDEX print_right_open ON print_right (person) WHERE state NOT IN ('issued', 'closed');

CREATE TABLE lease (
  lease_id   TEXT PRIMARY KEY,
  right_id   TEXT NOT NULL,
  kiosk      TEXT NOT NULL,
  epoch      INTEGER NOT NULL,
  req_id     TEXT NOT NULL,
  claims     TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('live', 'voided', 'ended')),
  granted_ms INTEGER NOT NULL,
  UNIQUE (kiosk, epoch, req_id)
) STRICT;
CREATE UNIQUE INDEX lease_live ON lease (right_id) WHERE state = 'live';

-- A request that was voided by its kiosk: the final answer, even if the request itself arrives later.
CREATE TABLE voided_request (
  kiosk  TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  req_id TEXT NOT NULL,
  PRIMARY KEY (kiosk, epoch, req_id)
) STRICT;

-- Which record was sealed in answer to which question: a lease binds exactly that one.
CREATE TABLE identified (
  kiosk         TEXT NOT NULL,
  epoch         INTEGER NOT NULL,
  req_id        TEXT NOT NULL,
  right_id      TEXT NOT NULL,
  sealed_sha256 TEXT NOT NULL,
  rule          TEXT NOT NULL,
  at_ms         INTEGER NOT NULL,
  PRIMARY KEY (kiosk, epoch, req_id)
) STRICT;

-- Wrong PINs by person (or by the hash of an unknown number, so that both look the same) and day.
CREATE TABLE pin_try (
  subject TEXT NOT NULL,
  day     TEXT NOT NULL,
  tries   INTEGER NOT NULL,
  PRIMARY KEY (subject, day)
) STRICT;

CREATE TABLE stock (
  kiosk   TEXT NOT NULL,
  account TEXT NOT NULL,
  count   INTEGER NOT NULL,
  PRIMARY KEY (kiosk, account)
) STRICT;

CREATE TABLE kiosk_state (
  kiosk       TEXT PRIMARY KEY,
  state       TEXT NOT NULL,   -- the last snapshot, JSON
  received_ms INTEGER NOT NULL
) STRICT;

-- Who looked for whom, how, and why.
CREATE TABLE lookup (
  who     TEXT NOT NULL,
  kind    TEXT NOT NULL,
  purpose TEXT NOT NULL,
  at_ms   INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
  name          TEXT PRIMARY KEY,
  password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
