-- Leases that are asked for and kept ahead of time. `wrapped_key` opens `sealed` and is itself sealed to the kiosk's own
-- key; both are here only while the question waits or the lease is live: the triggers below take them away in the very
-- write that ends either.
CREATE TABLE offline_lease (
  req_id       TEXT PRIMARY KEY,
  right_id     TEXT NOT NULL,
  cmd_id       TEXT NOT NULL,      -- who ordered it
  reply_key    TEXT NOT NULL,      -- JSON: the public half, to ask again with
  wrapped_key  TEXT NOT NULL,
  lease_id     TEXT UNIQUE,        -- from here on null until it is granted
  sealed       TEXT,
  class        TEXT,
  policy       TEXT,
  rule         TEXT,
  received_seq INTEGER,            -- its lease.received: from there on uptime counts
  needs_check  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX offline_lease_right ON offline_lease (right_id);

-- Wrong PINs of one lease on one day.
CREATE TABLE offline_try (
  lease_id TEXT NOT NULL,
  day      TEXT NOT NULL,
  tries    INTEGER NOT NULL,
  PRIMARY KEY (lease_id, day)
) STRICT;

CREATE TRIGGER offline_lease_ended AFTER UPDATE OF state ON lease WHEN NEW.state != 'live' BEGIN
  DELETE FROM offline_lease WHERE req_id = NEW.req_id;
  DELETE FROM offline_try WHERE lease_id = NEW.lease_id;
END;
CREATE TRIGGER offline_lease_deleted AFTER DELETE ON offline_lease BEGIN
  INSERT OR REPLACE INTO counter VALUES ('to-wipe', 1);
END;
CREATE TRIGGER offline_question_ended AFTER UPDATE OF state ON lease_request WHEN NEW.state = 'ended' BEGIN
  DELETE FROM offline_lease WHERE req_id = NEW.req_id;
END;

-- Leases that end as soon as the attempt that holds them has its outcome.
CREATE TABLE lease_end (
  lease_id TEXT PRIMARY KEY,
  reason   TEXT NOT NULL,
  cmd_id   TEXT                    -- the order that this end fulfils
) STRICT;

-- Revoked before they arrived: whatever comes later under these ids is refused.
CREATE TABLE revoked_lease (
  lease_id TEXT PRIMARY KEY
) STRICT;

-- What central has ordered; each is obeyed once.
CREATE TABLE command (
  cmd_id     TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  args       TEXT NOT NULL,        -- JSON; what was found out on the way is added
  expires_ms INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('received', 'done', 'failed'))
) STRICT;
