-- Visits that have begun and not ended: after a crash each of them still gets its end.
CREATE TABLE open_visit (
  visit_no TEXT PRIMARY KEY
) STRICT;
