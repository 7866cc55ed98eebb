-- In which start of the board the newest step was written: after another one the disk may be older than what was done since.
ALTER TABLE attempt ADD COLUMN board_boot TEXT;

-- One row where the last life stopped in order: in which start of the board, where that is known.
CREATE TABLE clean_stop (
  board_boot TEXT
) STRICT;
