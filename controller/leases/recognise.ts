import { createHash, timingSafeEqual } from 'node:crypto';
import type { ProblemCode } from '#contract/problems/codes.ts';
import type { Params } from '#contract/screen/screen-state.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import type { Journal } from '#controller/journal/journal.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { keyedHash } from '#kit/secrets.ts';
import type { Store } from '#kit/store.ts';
import { receivedUpMs } from './age.ts';
import { endLease } from './ending.ts';
import type { Lease } from './leases.ts';
import type { OfflineLeases } from './offline.ts';
import { type OfflineRow, offlineRow, offlineRows } from './offline-rows.ts';
import { countTry, triesPerDay } from './tries.ts';

/** What somebody gave to be recognised by. */
interface Lookup {
  kind: 'code' | 'nik';
  value: string;
}
type Refused = { ok: false; code: ProblemCode; params: Params };

/** Null where nobody of that number is kept here: then central is asked. */
export type Recognised = { ok: true; leaseId: string; sealed: string; record: SealedRecord } | Refused | null;

/** People whose lease and record lie here ahead of time: recognised and served without central. */
export interface Recognition {
  /** How a pick-up number stands. */
  status(lookup: Lookup): Promise<{ ok: true } | Refused | null>;
  /** `alone`: central cannot be asked. Then a NIK that is not known here fails like one whose PIN is wrong. */
  identify(lookup: Lookup, pin: string, alone: boolean): Promise<Recognised>;
  /** The lease for one job, if it may be used now. */
  use(leaseId: string): { ok: true; lease: Lease } | Refused;
  /** The record is wrong, or cannot be printed: back to central. */
  giveBack(leaseId: string, reason: string): void;
  /** How many people could be served without central now. */
  usable(): number;
  /** Why this lease may not be used now, or null. */
  forbids(row: OfflineRow): ProblemCode | null;
}

export interface RecognitionOptions {
  store: Store;
  journal: Journal;
  clock: Clock;
  random: Random;
  offline: OfflineLeases;
  /** Central has agreed to all that was written before this life. */
  headChecked: () => boolean;
  /**
   * A card was fed that the journal does not explain: it may have been printed from one of these leases, by entries that
   * are lost and that central never heard of. Two people count first; central's agreement to the head proves nothing here.
   */
  forbidden: () => boolean;
}

const refused = (code: ProblemCode, params: Params = {}): Refused => ({ ok: false, code, params });

export function openRecognition(options: RecognitionOptions): Recognition {
  const { store, journal, clock, random, offline } = options;
  const index = new Map<string, Found>();
  const upMs = new Map<string, number>(); // the part of earlier lives does not change within one
  const strangers = new Map<string, number>();
  const strangerKey = random.bytes(32);
  const today = () => dayAt(clock.wallMs());

  function receivedAtMs({ leaseId, receivedSeq }: OfflineRow): number {
    const known = upMs.get(leaseId) ?? store.read((db) => receivedUpMs(db, journal, receivedSeq));
    upMs.set(leaseId, known);
    return known;
  }

  function forbids(row: OfflineRow): ProblemCode | null {
    const ageMs = Math.max(clock.wallMs() - row.receivedWallMs, clock.monotonicMs() - receivedAtMs(row));
    if (ageMs >= row.expiresMs - row.receivedWallMs) return 'right/lease-expired';
    if (options.forbidden()) return 'right/needs-central';
    return row.needsCheck && !options.headChecked() ? 'right/needs-central' : null;
  }

  /** By what each person says: opened once in a life and kept in memory; numbers and PINs are not in it, only their hashes. */
  async function find({ kind, value }: Lookup): Promise<OfflineRow | null> {
    const rows = store.read(offlineRows);
    const live = new Set(rows.map(({ leaseId }) => leaseId));
    for (const leaseId of index.keys()) if (!live.has(leaseId)) index.delete(leaseId);
    for (const row of rows) if (!index.has(row.leaseId)) index.set(row.leaseId, await foundIn(offline, row));
    const fits = (found: Found | undefined) =>
      found !== undefined && isSame(keyedHash(found.key, kind, value), found[kind]);
    return rows.find(({ leaseId }) => fits(index.get(leaseId))) ?? null;
  }

  /** The same answer as a wrong PIN, and as many of them. */
  function stranger({ kind, value }: Lookup): Refused {
    const subject = `${today()}|${keyedHash(strangerKey, kind, value)}`;
    const tries = Math.min(triesPerDay, (strangers.get(subject) ?? 0) + 1);
    strangers.set(subject, tries);
    return tries < triesPerDay
      ? refused('identify/not-matched', { left: triesPerDay - tries })
      : refused('identify/pin-locked');
  }

  async function proved(row: OfflineRow, pin: string): Promise<Recognised> {
    const record = await offline.open(row).catch(() => null);
    if (!record?.identify) return null;
    const fits = pinFits(record.identify.pinVerifier, pin);
    const { verdict, triesLeft } = store.write('offline.pin-tried', (db) => countTry(db, row.leaseId, today(), fits));
    if (verdict === 'locked') return refused('identify/pin-locked');
    if (verdict === 'wrong') return refused('identify/not-matched', { left: triesLeft });
    const wrong = forbids(row);
    return wrong ? refused(wrong) : { ok: true, leaseId: row.leaseId, sealed: row.sealed, record };
  }

  return {
    forbids,
    usable: () => store.read(offlineRows).filter((row) => forbids(row) === null).length,
    async status(lookup) {
      const row = await find(lookup);
      const wrong = row && forbids(row);
      return wrong ? refused(wrong) : row && { ok: true };
    },
    async identify(lookup, pin, alone) {
      const row = await find(lookup);
      if (row) return proved(row, pin);
      return alone && lookup.kind === 'nik' && index.size > 0 ? stranger(lookup) : null;
    },
    use(leaseId) {
      const row = store.read((db) => offlineRow(db, leaseId));
      const wrong = row ? forbids(row) : 'right/not-usable';
      if (!row || wrong) return refused(wrong ?? 'right/not-usable');
      const { rightId, reqId, policy, rule } = row;
      return {
        ok: true,
        lease: { leaseId, rightId, reqId, policy, rule, class: row.class, receivedUpMs: receivedAtMs(row) },
      };
    },
    giveBack(leaseId, reason) {
      journal.record('lease.voided', (append, db) => endLease(append, db, leaseId, { reason, until: 'before-ink' }));
    },
  };
}

interface Found {
  key: Uint8Array;
  code: string;
  nik: string;
}

/** A record that cannot be opened matches nobody, and its lease stays until central asks for it back. */
async function foundIn(offline: OfflineLeases, row: OfflineRow): Promise<Found> {
  const record = await offline.open(row).catch(() => null);
  const { code = '', nik = '', pinVerifier = '' } = record?.identify ?? {};
  return { key: verifierParts(pinVerifier).key, code, nik };
}

/** `hmac$K$hash`: K is made for this person, and only this record knows it. */
function verifierParts(verifier: string): { key: Uint8Array; hash: string } {
  const [kind, key = '', hash = ''] = verifier.split('$');
  return { key: Buffer.from(key, 'base64url'), hash: kind === 'hmac' ? hash : '' };
}

function pinFits(verifier: string, pin: string): boolean {
  const { key, hash } = verifierParts(verifier);
  return hash !== '' && isSame(keyedHash(key, 'pin', pin), hash);
}

/** In constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
