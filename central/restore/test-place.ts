import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, centralMigrations } from '#central/central.ts';
import { closeEpoch, openNextEpoch } from '#central/epochs/epochs.ts';
import { openEpoch, openIntake } from '#central/intake/intake.ts';
import { rightOf } from '#central/rights/follow.ts';
import { type Grant, grantLease } from '#central/rights/grant.ts';
import { type GrantsLog, grantedSoFar, logKiosk, openGrantsLog } from '#central/rights/grants-log.ts';
import { ensureRight, rightIdOf } from '#central/rights/open-right.ts';
import { termOf } from '#central/rights/settings.ts';
import { entryHash, genesisHash, hashText } from '#contract/uplink/chain.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openFileStore, type Store } from '#kit/store.ts';
import { noteListing } from './restoring.ts';
import { takeSurplus } from './surplus.ts';
import { databaseName, openTerm, readyToOpen } from './term.ts';

/** A kiosk that is only its journal: it tells all that central does not have yet, as often as it is asked. */
export interface TestKiosk {
  name: string;
  epoch: number;
  texts: string[];
}

/** An office in a real folder, with its log beside it, that can be opened, killed, backed up and restored. */
export function openTestPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-restore-'));
  const grantsLogPath = join(folder, 'second-medium', 'grants.jsonl');
  const clock = manualClock();
  const random = seededRandom('restore');
  let open: { store: Store; log: GrantsLog } | null = null;
  let asked = 0;

  function life() {
    if (open) return open;
    readyToOpen(folder);
    const store = openFileStore(join(folder, databaseName), { migrations: centralMigrations });
    try {
      openTerm(store, folder);
      const log = openGrantsLog(grantsLogPath, grantedSoFar(store));
      takeSurplus(store, log, clock.wallMs());
      open = { store, log };
      return open;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  function closes(): void {
    open?.log.close();
    open?.store.close();
    open = null;
  }

  function registers(name: string, epoch = 1): TestKiosk {
    const { store, log } = life();
    store.write('kiosk.registered', (db) => {
      db.prepare("INSERT OR REPLACE INTO kiosk VALUES (?, 'plg', '{}', '{}', '', 0)").run(name);
      db.prepare("UPDATE epoch SET closed_ms = 1, closed_by = '[]' WHERE kiosk = ?").run(name);
      openEpoch(db, name, epoch, clock.wallMs());
      logKiosk(db, log, name);
    });
    return { name, epoch, texts: [] };
  }

  const act = { by: ['op-1', 'op-2'] as const, reason: 'its disk is broken' };

  /** Two people end a kiosk's authority; nothing is written at the same moment. */
  function closesEpoch({ name }: TestKiosk): void {
    const { store, log } = life();
    clock.jumpWall(1_000);
    store.write('epoch.closed', (db) => {
      closeEpoch(db, random, clock.wallMs(), name, act);
      logKiosk(db, log, name);
    });
  }

  /** Two people open the next epoch of a kiosk, which closes the one before where nobody did. Its journal is a new one. */
  function reopens({ name }: TestKiosk): TestKiosk {
    const { store, log } = life();
    clock.jumpWall(1_000);
    const epoch = store.write('epoch.opened', (db) => {
      const next = openNextEpoch(db, random, clock.wallMs(), name, act);
      logKiosk(db, log, name);
      return next.epoch;
    });
    return { name, epoch, texts: [] };
  }

  /** The kiosk asks for this person's right, who was recognised there a moment ago. */
  function asks({ name, epoch }: TestKiosk, person: string, reqId = `req-${asked}`): Grant {
    const { store, log } = life();
    asked += 1;
    const right = store.write('identified', (db) => {
      const { right_id: rightId } = ensureRight(db, person, clock.wallMs());
      db.prepare('INSERT OR IGNORE INTO identified VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        ...[name, epoch, `id-${reqId}`, rightId, 'x'.repeat(43), 'rule', clock.wallMs()],
      );
      return rightId;
    });
    const request = { kiosk: name, epoch, reqId, rightId: right, identifyReqId: `id-${reqId}` };
    const allowed = { ok: true as const, class: 'FIRST', policy: '2026-11', rule: 'kec-first-1' };
    return grantLease(
      { store, clock, random, log, stillAllowed: () => allowed, siteName: (_, kiosk) => kiosk },
      { ...request, sealedSha256: 'x'.repeat(43) },
    );
  }

  /** Granted, received and in the kiosk's journal; whether central hears of it is another matter. */
  function receives(kiosk: TestKiosk, person: string) {
    const grant = asks(kiosk, person);
    if (!grant.ok) throw new Error(grant.code);
    const { leaseId, rightId, reqId, mode, class: cls, policy, rule, expiresMs, sealedSha256 } = grant.claims;
    const terms = { mode, class: cls, policy, rule, expiresAtMs: expiresMs, sealedSha256 };
    writes(kiosk, 'lease.received', { leaseId, rightId, reqId, ...terms }, leaseId);
    return { leaseId, rightId, reqId };
  }

  function writes(kiosk: TestKiosk, type: Entry['type'], data: object, subject?: string): void {
    const at = { wallMs: clock.wallMs(), boot: 'b', upMs: 1 };
    kiosk.texts.push(JSON.stringify({ type, ...(subject && { subject }), at, data }));
  }

  /** Everything from `lease.received` on up to the ink. */
  function prints(kiosk: TestKiosk, { leaseId, rightId }: { leaseId: string; rightId: string }): void {
    const subject = `${leaseId}/1`;
    const witness = { serial: null, cardsFed: null, ribbonPrintsLeft: null };
    writes(kiosk, 'print.intended', { rightId, leaseId, attempt: 1, witness }, subject);
    writes(kiosk, 'print.inking', { rightId }, subject);
    writes(kiosk, 'print.presenting', { rightId, offer: 1 }, subject);
  }

  /** Printed, presented and taken. */
  function issues(kiosk: TestKiosk, lease: { leaseId: string; rightId: string }): void {
    prints(kiosk, lease);
    writes(
      kiosk,
      'print.outcome',
      { ...lease, outcome: 'issued', reason: 'done', place: 'hand' },
      `${lease.leaseId}/1`,
    );
  }

  function voids(kiosk: TestKiosk, lease: { leaseId: string; rightId: string; reqId: string }): void {
    writes(kiosk, 'lease.voided', { ...lease, reason: 'restart' });
  }

  const headOf = ({ name, epoch, texts }: TestKiosk) =>
    texts.reduce((hash, text) => entryHash(hash, text), genesisHash(name, epoch));

  /** The whole journal comes in, or its first so many entries; central takes what it does not have. */
  function replays(kiosk: TestKiosk, upTo = kiosk.texts.length): void {
    const { store } = life();
    const intake = openIntake(store, clock, 1, (db, place, entry) => apply(db, place, entry, clock.wallMs()));
    const prev = hashText(genesisHash(kiosk.name, kiosk.epoch));
    if (upTo > 0)
      intake.take({ v: 1, dev: kiosk.name, epoch: kiosk.epoch, first: 1, prev, evs: kiosk.texts.slice(0, upTo) });
  }

  /** The kiosk says where its journal stands, and those of older epochs that lie in it, and which term it knows. */
  function lists(kiosk: TestKiosk, { term = term_(), older = [] }: { term?: number; older?: TestKiosk[] } = {}): void {
    const at = (one: TestKiosk) => ({ seq: one.texts.length, hash: hashText(headOf(one)) });
    const said = { head: at(kiosk), older: older.map((one) => ({ epoch: one.epoch, ...at(one) })), term };
    const state = { v: 1 as const, dev: kiosk.name, epoch: kiosk.epoch, online: true, session: 's', at: 1, ...said };
    life().store.write('state', (db) => noteListing(db, state));
  }
  const term_ = () => life().store.read(termOf);

  return {
    ...{ folder, grantsLogPath, clock, life, closes, registers, closesEpoch, reopens },
    ...{ asks, receives, writes, prints, issues, voids, replays, lists },
    term: term_,
    rightOf: (person: string, generation = 1) => life().store.read((db) => rightOf(db, rightIdOf(person, generation))),
    anomalies: () =>
      (life().store.read((db) => db.prepare('SELECT what FROM anomaly').all()) as { what: string }[]).map(
        ({ what }) => what,
      ),
    liveLeases: () =>
      life().store.read((db) => db.prepare("SELECT kiosk, right_id FROM lease WHERE state = 'live'").all()),
  };
}
