-- What the civil registry delivered: one row per person, found by a keyed hash of the NIK.
CREATE TABLE dataset (
  name        TEXT NOT NULL,
  version     TEXT NOT NULL,
  cut_off     TEXT NOT NULL,     -- YYYY-MM-DD: the day the registry's figures stand for
  imported_ms INTEGER NOT NULL,
  rows        INTEGER NOT NULL,  -- as delivered, refused rows included
  PRIMARY KEY (name, version)
) STRICT;

CREATE TABLE record (
  person         TEXT PRIMARY KEY,  -- keyed hash of the NIK
  nik            TEXT NOT NULL,
  card_json      TEXT NOT NULL,     -- CardFields of contract/uplink/record.ts
  status         TEXT NOT NULL,
  status_since   TEXT NOT NULL,     -- dates are YYYY-MM-DD
  class          TEXT NOT NULL,
  printable_from TEXT NOT NULL,     -- 17th birthday, or the wedding day before it
  closed_reason  TEXT,
  collect_place  TEXT,
  collect_box    TEXT,
  issued_on      TEXT,
  issued_where   TEXT,
  suket          TEXT,
  kecamatan_code TEXT NOT NULL,     -- of the address, never of the NIK
  city_code      TEXT NOT NULL,
  fingers        INTEGER NOT NULL,  -- enrolled; 0 sends the person to an officer at once
  dataset        TEXT NOT NULL,     -- name and version that last changed this row
  row_hash       TEXT NOT NULL
) STRICT;

-- Pick-up numbers and PINs, as the recording desk handed them out.
CREATE TABLE pickup (
  code_hash    TEXT PRIMARY KEY,
  person       TEXT NOT NULL,
  pin_verifier TEXT NOT NULL,
  expires_on   TEXT NOT NULL   -- the last day on which the number works
) STRICT;
CREATE UNIQUE INDEX pickup_person ON pickup (person);  -- a new number replaces the old one
