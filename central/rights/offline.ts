import { kioskRow } from '#central/enrolment/enrolment.ts';
import { fingersOf } from '#central/gateway/fingers.ts';
import {
  findByCode,
  findByPerson,
  type GatewayRecord,
  offlineKeyOf,
  type Pickup,
  pickupOf,
} from '#central/gateway/records.ts';
import { verdictOn } from '#central/requests/verdict.ts';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { SiteInfo } from '#contract/uplink/enrolment.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import { idPattern } from '#contract/uplink/topics.ts';
import { dayAt, daysBetween, minuteOfDay } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import { keyedHash } from '#kit/secrets.ts';
import type { Db, Store } from '#kit/store.ts';
import { refusalFor } from './grant.ts';
import { ensureRight } from './open-right.ts';
import { isPromised, room } from './orders.ts';

const dayMs = 86_400_000;
/** A lease that was handed out ahead of time may be used for so long, and no longer than the person's number works. */
const offlineLeaseMs = 14 * dayMs;

export interface HandOutPorts {
  store: Store;
  clock: Clock;
  lookupKey: Uint8Array;
  /** Creates one command to a kiosk in this transaction; returns its id. */
  order(db: Db, command: { kiosk: string; kind: 'take-lease'; args: { rightId: string }; by: string[] }): string;
}

/** One person, by their pick-up number or by the office's pseudonym of them. */
export type HandOutPerson = { number: string } | { person: string };

export interface HandOutReport {
  ordered: { rightId: string; cmdId: string }[];
  /** `who` is the end of what was given: enough to find the line, and nobody's number. */
  refused: { who: string; code: ProblemCode }[];
}

/**
 * Hands rights out ahead of time: one command per person whose card this kiosk may print today, at most as many as it has
 * blanks that are not promised already. Throws where the kiosk or the operator is nobody.
 */
export function handOut(
  { store, clock, lookupKey, order }: HandOutPorts,
  { kiosk, people, by }: { kiosk: string; people: readonly HandOutPerson[]; by: string },
): HandOutReport {
  if (!idPattern.test(by)) throw new Error(`${JSON.stringify(by)} is not an operator id`);
  if (people.length === 0) throw new Error('say for whom: --number PICKUP or --person ID');
  return store.write('lease.handed-out', (db) => {
    const row = kioskRow(db, kiosk);
    if (!row) throw new Error(`there is no kiosk ${kiosk}`);
    const report: HandOutReport = { ordered: [], refused: [] };
    for (const one of people) {
      const ready = readyFor(db, row, one, clock.wallMs(), lookupKey);
      if ('code' in ready) report.refused.push({ who: tailOf(one), code: ready.code });
      else report.ordered.push({ ...ready, cmdId: order(db, { kiosk, kind: 'take-lease', args: ready, by: [by] }) });
    }
    db.prepare('INSERT INTO lookup VALUES (?, ?, ?, ?)').run(by, 'hand-out', kiosk, clock.wallMs());
    return report;
  });
}

const tailOf = (one: HandOutPerson) => `...${('number' in one ? one.number : one.person).slice(-4)}`;

function readyFor(
  db: Db,
  { kiosk, site }: { kiosk: string; site: SiteInfo },
  one: HandOutPerson,
  nowMs: number,
  lookupKey: Uint8Array,
): { rightId: string } | { code: ProblemCode } {
  const person =
    'person' in one ? one.person : findByCode(db, lookupKey, one.number.replaceAll(' ', ''))?.record.person;
  const found = person === undefined ? null : printable(db, person, site, dayAt(nowMs));
  if (!found) return { code: 'identify/unknown-code' };
  if ('code' in found) return found;
  const right = ensureRight(db, found.record.person, nowMs);
  if (right.state !== 'usable') return { code: refusalFor(right, { kiosk }, '').code };
  if (isPromised(db, right.right_id, nowMs)) return { code: 'right/not-usable' };
  return room(db, kiosk, nowMs) > 0 ? { rightId: right.right_id } : { code: 'kiosk/no-blanko' };
}

/** The record and the number of somebody whose card this site may print today; null where there is no such person. */
export function printable(
  db: Db,
  person: string,
  site: SiteInfo,
  today: string,
): { record: GatewayRecord; pickup: Pickup & { offline: object }; rule: string } | { code: ProblemCode } | null {
  const record = findByPerson(db, person);
  if (!record) return null;
  const verdict = verdictOn(record, site, today);
  if (!verdict.print) return { code: verdict.code };
  const pickup = pickupOf(db, person);
  if (!pickup || pickup.expiresOn < today) return { code: 'identify/code-expired' };
  const { offline } = pickup;
  return offline ? { record, pickup: { ...pickup, offline }, rule: verdict.row.rule } : { code: 'record/changed' };
}

/** What a kiosk takes along for one person: the card, and how to recognise them by code or NIK with the PIN, and by a finger. */
export function offlineRecord(
  db: Db,
  rightId: string,
  { record, pickup }: { record: GatewayRecord; pickup: Pickup },
  lookupKey: Uint8Array,
): SealedRecord {
  if (!pickup.offline) throw new Error('nothing to recognise this person by');
  const key = offlineKeyOf(lookupKey, record.person);
  const identify = {
    code: pickup.offline.code,
    nik: keyedHash(key, 'nik', record.nik),
    pinVerifier: `hmac$${Buffer.from(key).toString('base64url')}$${pickup.offline.pin}`,
  };
  const { class: cls, card } = record;
  const fingers = fingersOf(db, lookupKey, record.person);
  return { v: 1, rightId, class: cls, firstCard: cls === 'FIRST', card, identify, fingers };
}

/** The end of the last day on which the number works, or of the lease's own time. */
export function offlineExpiryMs(pickup: Pickup, nowMs: number): number {
  const days = daysBetween(dayAt(nowMs), pickup.expiresOn) + 1;
  const endOfNumberMs = nowMs + days * dayMs - minuteOfDay(nowMs) * 60_000 - (nowMs % 60_000);
  return Math.min(nowMs + offlineLeaseMs, endOfNumberMs);
}
