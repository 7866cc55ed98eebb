-- The facts that people at the desk decide on: what opened a case and what closed it, whoever wrote it, in the same write.
-- A copy, because a case may be older than the journal is kept.
CREATE TABLE desk_fact (
  seq  INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_desk_fact AFTER INSERT ON journal WHEN CASE json_extract(NEW.text, '$.type')
  WHEN 'operator.acted' THEN json_extract(NEW.text, '$.data.action') NOT IN ('called', 'call-ended', 'disputed', 'printed-owed')
  WHEN 'print.outcome' THEN json_extract(NEW.text, '$.data.outcome') <> 'issued'
  WHEN 'blanko.moved' THEN 'unexplained' IN (json_extract(NEW.text, '$.data.from'), json_extract(NEW.text, '$.data.to'))
    OR json_extract(NEW.text, '$.data.from') = 'kecamatan-safe'
  ELSE json_extract(NEW.text, '$.type') IN ('card.handed-over', 'card.destroyed', 'ribbon.changed')
END
BEGIN
  INSERT INTO desk_fact VALUES (NEW.seq, NEW.text);
END;

INSERT INTO desk_fact SELECT seq, text FROM journal WHERE CASE json_extract(text, '$.type')
  WHEN 'operator.acted' THEN json_extract(text, '$.data.action') NOT IN ('called', 'call-ended', 'disputed', 'printed-owed')
  WHEN 'print.outcome' THEN json_extract(text, '$.data.outcome') <> 'issued'
  WHEN 'blanko.moved' THEN 'unexplained' IN (json_extract(text, '$.data.from'), json_extract(text, '$.data.to'))
    OR json_extract(text, '$.data.from') = 'kecamatan-safe'
  ELSE json_extract(text, '$.type') IN ('card.handed-over', 'card.destroyed', 'ribbon.changed')
END;

-- SPECIMEN blanks for training: a ledger of their own, which the real one never meets.
CREATE TABLE training_stock (
  account TEXT PRIMARY KEY CHECK (account IN ('safe', 'feeder', 'in-process', 'printed', 'box', 'spoiled', 'unexplained')),
  count   INTEGER NOT NULL
) STRICT;
