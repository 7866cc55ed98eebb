-- Epochs are opened and closed by two named people; what was decided about the rights of a closed one is kept.
ALTER TABLE epoch ADD COLUMN opened_by TEXT NOT NULL DEFAULT '[]';   -- JSON: operator ids
ALTER TABLE epoch ADD COLUMN opened_reason TEXT NOT NULL DEFAULT 'registered';
ALTER TABLE epoch ADD COLUMN closed_by TEXT;
ALTER TABLE epoch ADD COLUMN closed_reason TEXT;

-- A right whose body nobody found is over: the next generation may be opened beside it.
DROP INDEX print_right_open;
CREATE UNIQUE INDEX print_right_open ON print_right (person) WHERE state NOT IN ('issued', 'closed', 'lost');

-- What a count of two people found in a kiosk whose epoch is closed.
CREATE TABLE office_count (
  kiosk    TEXT NOT NULL,
  epoch    INTEGER NOT NULL,
  hopper   INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  partial  INTEGER NOT NULL,
  blank    INTEGER NOT NULL,
  counted_by TEXT NOT NULL,    -- JSON: two operator ids
  document TEXT NOT NULL,
  at_ms    INTEGER NOT NULL
) STRICT;

-- What two people of the office decided about a right that its kiosk can no longer decide.
CREATE TABLE decision (
  right_id   TEXT NOT NULL,
  decided    TEXT NOT NULL CHECK (decided IN ('issued', 'destroyed', 'lost')),
  body       TEXT,             -- which body, where it was found: null where there is none
  decided_by TEXT NOT NULL,    -- JSON: two operator ids
  reason     TEXT NOT NULL,
  at_ms      INTEGER NOT NULL
) STRICT;

-- What a kiosk is told to do. Sent again on each connection until its end is known.
CREATE TABLE command (
  cmd_id     TEXT PRIMARY KEY,
  kiosk      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  args       TEXT NOT NULL,    -- JSON
  state      TEXT NOT NULL CHECK (state IN ('created', 'sent', 'received', 'done', 'failed', 'expired', 'cancelled')),
  code       TEXT,             -- why it failed
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  ordered_by TEXT NOT NULL     -- JSON: operator ids
) STRICT;
CREATE INDEX command_open ON command (kiosk) WHERE state IN ('created', 'sent', 'received');

-- Leases that were handed out ahead of time, for use without central.
ALTER TABLE lease ADD COLUMN mode TEXT NOT NULL DEFAULT 'online';
