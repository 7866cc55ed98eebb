-- How a person is recognised where central cannot be asked: hashed under a key of that person's own, which is not stored.
ALTER TABLE pickup ADD COLUMN offline_code TEXT;   -- null for what was imported before
ALTER TABLE pickup ADD COLUMN offline_pin TEXT;

-- The record of an offline lease as it was sealed to the kiosk that asked: sent again while the lease lives, no longer.
CREATE TABLE offline_sealed (
  lease_id TEXT PRIMARY KEY,
  sealed   TEXT NOT NULL
) STRICT;
CREATE TRIGGER offline_sealed_over AFTER UPDATE OF state ON lease WHEN NEW.state <> 'live' BEGIN
  DELETE FROM offline_sealed WHERE lease_id = NEW.lease_id;
END;

-- Each backup that was put in place. While one is unfinished nothing is granted.
CREATE TABLE restore (
  term        INTEGER PRIMARY KEY,
  way         TEXT NOT NULL CHECK (way IN ('log', 'kiosks')),  -- what told it of the grants since the backup
  restored_by TEXT NOT NULL,                                   -- JSON: two operator ids
  reason      TEXT NOT NULL,
  at_ms       INTEGER NOT NULL,
  finished_ms INTEGER
) STRICT;

-- The journal head that a kiosk named first in a term: once central has it, that kiosk has told all of its leases.
CREATE TABLE listing (
  kiosk TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  term  INTEGER NOT NULL,
  seq   INTEGER NOT NULL,
  hash  TEXT NOT NULL,
  PRIMARY KEY (kiosk, epoch, term)
) STRICT;

-- How many lines of the grants log this database knows of. What was logged before there were numbers counts as missing.
INSERT INTO setting SELECT 'granted', count(*) FROM lease;
