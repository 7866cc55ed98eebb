-- Epochs that ended between a backup and its restore, by what is left of a damaged log: the lines that it lost may have granted
-- rights in them. Empty where no restore waits.
CREATE TABLE ended_since (
  kiosk TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  PRIMARY KEY (kiosk, epoch)
) STRICT;
