-- What two people did with a card that stayed: `handed-over` or `destroyed`.
ALTER TABLE attempt ADD COLUMN settled TEXT;

-- What lies in the locked reject box since it was last emptied, by what a person would find.
CREATE TABLE reject_box (
  kind  TEXT PRIMARY KEY CHECK (kind IN ('complete', 'partial', 'blank')),
  count INTEGER NOT NULL
) STRICT;
