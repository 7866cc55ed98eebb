-- The log of facts, which is also the outbox. Rows are never updated and never deleted on acknowledgement.
CREATE TABLE journal (
  seq       INTEGER PRIMARY KEY,
  text      TEXT NOT NULL,   -- the entry, exactly as hashed and sent
  prev_hash BLOB NOT NULL,
  hash      BLOB NOT NULL    -- SHA-256(prev_hash || text)
) STRICT;

-- A step of one attempt is written once; only an offer may come twice, as offer 1 and offer 2.
CREATE UNIQUE INDEX journal_print_once ON journal (
  json_extract(text, '$.type'),
  json_extract(text, '$.subject'),
  ifnull(json_extract(text, '$.data.offer'), 0)
) WHERE json_extract(text, '$.type') GLOB 'print.*';

CREATE TABLE acked (
  epoch INTEGER PRIMARY KEY,
  term  INTEGER NOT NULL,
  seq   INTEGER NOT NULL,
  hash  BLOB NOT NULL
) STRICT;
