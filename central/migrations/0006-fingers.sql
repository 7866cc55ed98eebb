-- What a finger is compared with, one row per record that the registry delivered: encrypted under a key of that person's own,
-- which is not stored. Leaves this database only inside a record that is sealed for one kiosk.
CREATE TABLE finger_reference (
  person TEXT NOT NULL,
  number INTEGER NOT NULL,  -- in the order of delivery
  locked BLOB NOT NULL,     -- ISO/IEC 19794-2 or ANSI 378
  PRIMARY KEY (person, number)
) STRICT;
