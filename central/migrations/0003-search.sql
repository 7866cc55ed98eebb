-- A receipt names its entry by the beginning of its hash.
CREATE INDEX entry_hash ON entry (hash);
