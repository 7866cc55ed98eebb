import type { VisitOutcome } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';
import { dayAround } from './day.ts';
import { rowBefore } from './entry-line.ts';

export interface VisitCount {
  outcome: VisitOutcome;
  /** The code that most of them ended with; null where they ended without one. */
  code: string | null;
  count: number;
}

/** The visits that ended on the day (WIB) of a moment, by outcome and code; of one kiosk, or of all. */
export function visitsEnded(db: Db, aroundMs: number, kiosk?: string): VisitCount[] {
  const { fromMs, toMs } = dayAround(aroundMs);
  const rows = db
    .prepare(
      `SELECT json_extract(text, '$.data.outcome') AS outcome, json_extract(text, '$.data.code') AS code, count(*) AS count
       FROM entry WHERE rowid > ? AND +type = 'visit.ended' AND at_ms >= ? AND at_ms < ? AND quarantined IS NULL ${kiosk === undefined ? '' : 'AND kiosk = ?'}
       GROUP BY outcome, code ORDER BY count DESC, outcome, code`,
    )
    .all(rowBefore(db, fromMs), fromMs, toMs, ...(kiosk === undefined ? [] : [kiosk]));
  return rows as VisitCount[];
}

/** Cards that reached a hand on the day of a moment, by kiosk. */
export function issuedOn(db: Db, aroundMs: number): Map<string, number> {
  const { fromMs, toMs } = dayAround(aroundMs);
  const rows = db
    .prepare(
      `SELECT kiosk, count(*) AS count FROM entry WHERE rowid > ? AND +type = 'print.outcome' AND at_ms >= ? AND at_ms < ?
       AND quarantined IS NULL AND json_extract(text, '$.data.outcome') = 'issued' GROUP BY kiosk`,
    )
    .all(rowBefore(db, fromMs), fromMs, toMs) as { kiosk: string; count: number }[];
  return new Map(rows.map((row) => [row.kiosk, row.count]));
}
