import type { EntryData } from '#contract/uplink/entries.ts';
import type { Db } from '#kit/store.ts';
import { rowBefore } from './entry-line.ts';

/** What fingers did in a span of time. No person in it: visits are counted, never named. */
export interface FingerCounts {
  /** Visits in which a finger was asked for. */
  asked: number;
  recognised: number;
  byOfficer: number;
  /** Pictures too poor to be compared. */
  poor: number;
  /** Comparisons in visits whose person turned out to be the right one, and those of them that did not match. */
  comparisons: number;
  rejected: number;
}

export interface FingerRates extends FingerCounts {
  /** Falsely rejected comparisons, 0 to 1; null where there was none. */
  falseReject: number | null;
  /** Of those who went on, the part that an officer let go on; null where nobody did. */
  fallback: number | null;
}

export interface OperatorActs {
  operatorId: string;
  identified: number;
  /** Of all that an officer identified at these kiosks, this one's part. */
  share: number;
  reasons: Record<string, number>;
}

export interface FingerReport {
  kiosks: ({ kiosk: string } & FingerRates)[];
  operators: OperatorActs[];
}

type Ended = EntryData<'visit.ended'>;

/** Of all kiosks since a moment. A rate that stands out asks a question (a worn glass, an officer's habit); it answers none. */
export function fingerRates(db: Db, sinceMs: number): FingerReport {
  const kiosks = new Map<string, FingerCounts>();
  for (const { kiosk, data } of entriesSince<Ended>(db, sinceMs, 'visit.ended')) {
    if (!wasAsked(data)) continue;
    kiosks.set(kiosk, added(kiosks.get(kiosk) ?? nothing, data));
  }
  const rows = [...kiosks].sort(([a], [b]) => a.localeCompare(b));
  return {
    kiosks: rows.map(([kiosk, counts]) => ({ kiosk, ...ratesOf(counts) })),
    operators: operatorActs(db, sinceMs),
  };
}

const nothing: FingerCounts = { asked: 0, recognised: 0, byOfficer: 0, poor: 0, comparisons: 0, rejected: 0 };

function wasAsked({ fingers, proofs, lastStep }: Ended): boolean {
  const proved = proofs.some((proof) => proof !== 'pin');
  return fingers !== undefined || proved || lastStep === 'finger' || lastStep === 'officer-proof';
}

/** Whoever was never proved may have been somebody else: their comparisons say nothing of false rejects. */
function added(sum: FingerCounts, { fingers = { comparisons: 0, poor: 0 }, proofs }: Ended): FingerCounts {
  const recognised = proofs.includes('finger') ? 1 : 0;
  const byOfficer = proofs.includes('officer') ? 1 : 0;
  const genuine = recognised + byOfficer > 0 ? fingers.comparisons : 0;
  return {
    asked: sum.asked + 1,
    recognised: sum.recognised + recognised,
    byOfficer: sum.byOfficer + byOfficer,
    poor: sum.poor + fingers.poor,
    comparisons: sum.comparisons + genuine,
    rejected: sum.rejected + genuine - recognised,
  };
}

function ratesOf(counts: FingerCounts): FingerRates {
  const { comparisons, rejected, recognised, byOfficer } = counts;
  const part = (some: number, all: number) => (all === 0 ? null : some / all);
  return {
    ...counts,
    falseReject: part(rejected, comparisons),
    fallback: part(byOfficer, recognised + byOfficer),
  };
}

function operatorActs(db: Db, sinceMs: number): OperatorActs[] {
  const acts = entriesSince<EntryData<'operator.acted'>>(db, sinceMs, 'operator.acted')
    .map(({ data }) => data)
    .filter(({ action, operatorId }) => action === 'identified' && operatorId);
  const byOperator = Map.groupBy(acts, ({ operatorId }) => operatorId ?? '');
  return [...byOperator]
    .map(([operatorId, own]) => ({
      operatorId,
      identified: own.length,
      share: own.length / acts.length,
      reasons: Object.fromEntries(
        [...Map.groupBy(own, ({ reason }) => reason ?? 'other')].map(([why, same]) => [why, same.length]),
      ),
    }))
    .sort((a, b) => b.identified - a.identified);
}

function entriesSince<T>(db: Db, sinceMs: number, type: string): { kiosk: string; data: T }[] {
  const rows = db
    .prepare(
      `SELECT kiosk, json_extract(text, '$.data') AS data FROM entry
       WHERE rowid > ? AND +type = ? AND at_ms >= ? AND quarantined IS NULL`,
    )
    .all(rowBefore(db, sinceMs), type, sinceMs) as { kiosk: string; data: string }[];
  return rows.map(({ kiosk, data }) => ({ kiosk, data: JSON.parse(data) as T }));
}
