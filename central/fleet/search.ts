import { findByCode } from '#central/gateway/records.ts';
import { newestRight } from '#central/rights/open-right.ts';
import { hasCheckDigit, isPickupNumber } from '#contract/uplink/codes.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import { withoutNumbers } from '#kit/personal-numbers.ts';
import type { Db, Store } from '#kit/store.ts';
import { type EntryLine, linesWhere } from './entry-line.ts';
import { receiptHash, rowsByHash } from './verify-receipt.ts';

export type SearchKind = 'visit' | 'pickup' | 'receipt';

export interface LookUp {
  who: string;
  kind: SearchKind;
  value: string;
  /** Why somebody wants to know; asked for every look-up and kept. */
  purpose: string;
}

/** One visit, told from what was committed of it. */
export interface VisitStory {
  kiosk: string;
  epoch: number;
  visitNo: string;
  lines: EntryLine[];
}

export interface Found {
  visits: VisitStory[];
  /** For a pick-up number: how the record and the right stand, without a person. */
  standing: {
    status: string;
    statusSince: string;
    class: string;
    right: { state: RightState; kiosk: string | null; changedMs: number } | null;
  } | null;
}

export type LookUpAnswer = { ok: true; found: Found | null } | { ok: false; refused: 'purpose' | 'value' };

/** Looks one thing up, and writes down beforehand who asked, by which kind of key, and why. Never what was typed. */
export function lookUp(store: Store, lookupKey: Uint8Array, nowMs: number, asked: LookUp): LookUpAnswer {
  const purpose = withoutNumbers(asked.purpose.trim());
  if (purpose.length < 5 || purpose.length > 200) return { ok: false, refused: 'purpose' };
  const value = readValue(asked.kind, asked.value);
  if (value === null) return { ok: false, refused: 'value' };
  store.write('lookup', (db) =>
    db.prepare('INSERT INTO lookup VALUES (?, ?, ?, ?)').run(asked.who, asked.kind, purpose, nowMs),
  );
  const find = { visit: byVisit, receipt: byReceipt, pickup: byPickup }[asked.kind];
  return { ok: true, found: store.read((db) => find(db, value, lookupKey)) };
}

/** What was typed, in the one form that can be looked for; null where it cannot be what it should. */
function readValue(kind: SearchKind, typed: string): string | null {
  const text = typed.trim();
  if (kind === 'pickup') {
    const digits = text.replaceAll(/[ .-]/g, '');
    return isPickupNumber(digits) ? digits : null;
  }
  if (kind === 'visit') {
    const number = /^([A-Z0-9]{2,6})-(\d{4,})-(\d)$/.exec(text.toUpperCase().replaceAll(' ', ''));
    return number && hasCheckDigit(`${number[2]}${number[3]}`) ? number[0] : null;
  }
  return receiptHash(text);
}

function byVisit(db: Db, visitNo: string): Found | null {
  return foundVisits(storiesOf(db, linesWhere(db, 'visit_no = ?', visitNo)));
}

/** By the first characters of an entry's hash, as they stand on a receipt. */
function byReceipt(db: Db, hash: string): Found | null {
  const lines = rowsByHash(db, hash).flatMap(({ kiosk, epoch, seq }) =>
    linesWhere(db, 'kiosk = ? AND epoch = ? AND seq = ?', kiosk, epoch, seq),
  );
  return foundVisits(storiesOf(db, lines));
}

function byPickup(db: Db, digits: string, lookupKey: Uint8Array): Found | null {
  const known = findByCode(db, lookupKey, digits);
  if (!known) return null;
  const { status, statusSince, class: issuance, person } = known.record;
  const right = newestRight(db, person);
  return {
    standing: {
      ...{ status, statusSince, class: issuance },
      right: right && { state: right.state, kiosk: right.kiosk, changedMs: changedMs(db, right.right_id) },
    },
    visits: storiesOf(db, linesOfPerson(db, person)),
  };
}

function changedMs(db: Db, rightId: string): number {
  const row = db.prepare('SELECT changed_ms AS ms FROM print_right WHERE right_id = ?').get(rightId);
  return (row as { ms: number }).ms;
}

/** Lines that carry a visit number: those of the person's leases, and the ends of visits that name the right. */
function linesOfPerson(db: Db, person: string): EntryLine[] {
  const rights = 'SELECT right_id FROM print_right WHERE person = ?';
  return linesWhere(
    db,
    `subject IN (SELECT lease_id FROM lease WHERE right_id IN (${rights}))
     OR (type = 'visit.ended' AND quarantined IS NULL AND json_extract(text, '$.data.rightId') IN (${rights}))`,
    person,
    person,
  );
}

/** The whole story of each visit that one of these lines belongs to. */
function storiesOf(db: Db, lines: readonly EntryLine[]): VisitStory[] {
  const seen = new Map<string, VisitStory>();
  for (const { kiosk, epoch, visitNo } of lines) {
    const key = `${kiosk}|${epoch}|${visitNo}`;
    if (visitNo === null || seen.has(key)) continue;
    const whole = linesWhere(db, 'visit_no = ? AND kiosk = ? AND epoch = ?', visitNo, kiosk, epoch);
    seen.set(key, { kiosk, epoch, visitNo, lines: whole });
  }
  return [...seen.values()];
}

const foundVisits = (visits: VisitStory[]): Found | null => (visits.length > 0 ? { visits, standing: null } : null);
