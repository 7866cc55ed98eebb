-- The card was seen inside again, behind a closed shutter, after it had been presented. From here on "nothing there" does
-- not mean that a hand took it.
ALTER TABLE attempt ADD COLUMN pulled_in INTEGER NOT NULL DEFAULT 0;

-- In which process life a visit began: only those of an earlier life are ended in its place.
ALTER TABLE open_visit ADD COLUMN boot TEXT NOT NULL DEFAULT '';
