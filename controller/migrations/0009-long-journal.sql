-- What anyone asks about a long journal is found without reading all of it: one attempt, one visit.
CREATE INDEX journal_subject ON journal (json_extract(text, '$.subject')) WHERE json_extract(text, '$.subject') IS NOT NULL;
CREATE INDEX journal_visit ON journal (json_extract(text, '$.visitNo')) WHERE json_extract(text, '$.visitNo') IS NOT NULL;

-- How far the journal was trimmed: the hash that the first entry kept stands on.
CREATE TABLE trimmed (
  seq     INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL,
  at_ms   INTEGER NOT NULL
) STRICT;
