-- The box was emptied with this card in it: whoever settles it later does not take it from the box again.
ALTER TABLE attempt ADD COLUMN out_of_box INTEGER NOT NULL DEFAULT 0;
