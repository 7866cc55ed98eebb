-- In which start of the board presenting was written: after another one the disk may be older than what was done with the card.
ALTER TABLE attempt ADD COLUMN presented_in TEXT;
