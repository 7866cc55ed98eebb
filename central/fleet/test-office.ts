import { apply, centralMigrations } from '#central/central.ts';
import { registerKiosk } from '#central/enrolment/enrolment.ts';
import { openIntake } from '#central/intake/intake.ts';
import { grantLease } from '#central/rights/grant.ts';
import { ensureRight } from '#central/rights/open-right.ts';
import { entryHash, genesisHash, hashText } from '#contract/uplink/chain.ts';
import type { Entry, EntryData, EntryType, VisitOutcome } from '#contract/uplink/entries.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { openMemoryStore, type Store } from '#kit/store.ts';

/** A fact as a kiosk tells it; its time is the clock's. */
export type Fact = { [K in EntryType]: { type: K; subject?: string; visitNo?: string; data: EntryData<K> } }[EntryType];

/** An office for tests: real tables, filled through the real intake by kiosks that only have a journal. */
export interface TestOffice extends Disposable {
  store: Store;
  clock: ManualClock;
  lookupKey: Uint8Array;
  registers(kiosk: string, siteName?: string): Promise<void>;
  /** From here on this kiosk speaks from the disk of that epoch; each disk has a journal of its own. */
  entersEpoch(kiosk: string, epoch: number): void;
  /** The kiosk's next facts arrive as one batch. */
  tells(kiosk: string, ...facts: Fact[]): void;
  /** The same for texts that no kiosk of ours would write. */
  tellsText(kiosk: string, ...texts: string[]): void;
  /** A snapshot arrives. Its head is what was told, unless said otherwise. */
  says(kiosk: string, state?: Partial<Message<'state'>>): void;
  /** A lease for this person, as central grants it. */
  grants(kiosk: string, person: string): { leaseId: string; rightId: string; reqId: string };
  /** Another history of this kiosk comes in. */
  forks(kiosk: string): void;
}

export function openTestOffice(startMs?: number): TestOffice {
  const store = openMemoryStore({ migrations: centralMigrations });
  const clock = manualClock(startMs);
  const random = seededRandom('office of a test');
  const intake = openIntake(store, clock, 1, (db, place, entry) => apply(db, place, entry, clock.wallMs()));
  const epochs = new Map<string, number>();
  const epochOf = (kiosk: string) => epochs.get(kiosk) ?? 1;
  const heads = new Map<string, { seq: number; hash: Uint8Array }>();
  const headOf = (kiosk: string) =>
    heads.get(`${kiosk}|${epochOf(kiosk)}`) ?? { seq: 0, hash: genesisHash(kiosk, epochOf(kiosk)) };
  let asked = 0;

  function tellsText(kiosk: string, ...evs: string[]): void {
    const head = headOf(kiosk);
    const epoch = epochOf(kiosk);
    intake.take({ v: 1, dev: kiosk, epoch, first: head.seq + 1, prev: hashText(head.hash), evs });
    heads.set(`${kiosk}|${epoch}`, {
      seq: head.seq + evs.length,
      hash: evs.reduce((hash, text) => entryHash(hash, text), head.hash),
    });
  }

  const textOf = (fact: Fact) => {
    const entry = { ...fact, at: { wallMs: clock.wallMs(), boot: 'boot-1', upMs: clock.monotonicMs() } } as Entry;
    return JSON.stringify(entry);
  };

  return {
    ...{ store, clock, tellsText, lookupKey: seededRandom('lookup').bytes(32) },
    async registers(kiosk, siteName = 'Seberang Ulu I') {
      const sealing = await joseSealer.newSealingKey();
      const signing = await joseSealer.newSigningKey();
      const keys = { sealing: sealing.publicKey, signing: signing.publicKey };
      const site = {
        ...{ code: kiosk.split('-')[0] ?? kiosk, name: siteName, kind: 'KECAMATAN' as const },
        ...{ kecamatanCode: '16.71.02', cityCode: '16.71', city: 'Kota Palembang', province: 'Sumatera Selatan' },
      };
      const request = { v: 1 as const, kiosk, sealingKey: sealing.publicKey as never };
      await registerKiosk({ store, clock, random, sealer: joseSealer, keys, brokerUrl: 'none' }, request, {
        shard: 'plg',
        site,
      });
    },
    entersEpoch: (kiosk, epoch) => void epochs.set(kiosk, epoch),
    tells: (kiosk, ...facts) => tellsText(kiosk, ...facts.map(textOf)),
    says(kiosk, more = {}) {
      const { seq, hash } = headOf(kiosk);
      const head = { seq, hash: hashText(hash) };
      const at = clock.wallMs();
      const state = { v: 1, dev: kiosk, epoch: epochOf(kiosk), online: true, session: 'boot-1', at, head, ...more };
      store.write('state', (db) =>
        db.prepare('INSERT OR REPLACE INTO kiosk_state VALUES (?, ?, ?)').run(kiosk, JSON.stringify(state), at),
      );
    },
    grants(kiosk, person) {
      asked += 1;
      const request = {
        kiosk,
        epoch: epochOf(kiosk),
        reqId: `lease-${asked}`,
        identifyReqId: `identify-${asked}`,
        sealedSha256: 'x'.repeat(43),
      };
      const { right_id: rightId } = store.write('right', (db) => {
        const right = ensureRight(db, person, clock.wallMs());
        db.prepare('INSERT INTO identified VALUES (?, ?, ?, ?, ?, ?, ?)').run(
          kiosk,
          request.epoch,
          request.identifyReqId,
          right.right_id,
          request.sealedSha256,
          'kec-first-1',
          clock.wallMs(),
        );
        return right;
      });
      const allowed = { ok: true as const, class: 'FIRST', policy: '2026-11', rule: 'kec-first-1' };
      const log = { append() {}, close() {} };
      const grant = grantLease(
        { store, clock, random, log, stillAllowed: () => allowed, siteName: (_, id) => id },
        { ...request, rightId },
      );
      if (!grant.ok) throw new Error(`not granted: ${grant.code}`);
      return { leaseId: grant.claims.leaseId, rightId, reqId: request.reqId };
    },
    forks(kiosk) {
      const prev = hashText(genesisHash('another', 1));
      intake.take({ v: 1, dev: kiosk, epoch: 1, first: 1, prev, evs: [textOf(device('camera', 'ready'))] });
    },
    [Symbol.dispose]: () => store.close(),
  };
}

export const device = (name: string, state: 'ready' | 'trouble' | 'away', code: string | null = null): Fact => ({
  type: 'device.changed',
  subject: name,
  data: { device: name, state, code },
});

export const loaded = (count: number, document: string): Fact => ({
  type: 'blanko.moved',
  data: { from: 'kecamatan-safe', to: 'hopper', count, evidence: document, by: ['op-1'] },
});

export const visitEnded = (
  visitNo: string,
  outcome: VisitOutcome,
  code: string | null = null,
  rightId?: string,
): Fact => ({
  type: 'visit.ended',
  visitNo,
  data: {
    ...{ outcome, code, right: outcome === 'issued' ? 'used' : 'kept', pin: outcome === 'issued' ? 'used' : 'kept' },
    ...{
      lastStep: 'goodbye',
      stepsMs: {},
      lang: 'id',
      pace: 1,
      aids: [],
      helpCalled: false,
      proofs: ['pin'],
      tries: 1,
    },
    ...(rightId && { rightId }),
  },
});

type Granted = ReturnType<TestOffice['grants']>;

/** Everything from the lease to the moment before the card leaves: three of the four write-ahead entries. */
export function printedUpTo(lease: Granted, visitNo: string, attempt = 1): Fact[] {
  const subject = `${lease.leaseId}/${attempt}`;
  const { leaseId, rightId, reqId } = lease;
  const where = { subject, visitNo };
  const terms = { mode: 'online' as const, class: 'FIRST', policy: '2026-11', rule: 'kec-first-1' };
  const received: Fact = {
    type: 'lease.received',
    subject: leaseId,
    visitNo,
    data: { leaseId, rightId, reqId, ...terms, expiresAtMs: 1, sealedSha256: 'x' },
  };
  return [
    ...(attempt === 1 ? [received] : []),
    {
      type: 'print.intended',
      ...where,
      data: { rightId, leaseId, attempt, witness: { serial: 'P1', cardsFed: 7, ribbonPrintsLeft: 90 } },
    },
    { type: 'blanko.moved', ...where, data: { from: 'hopper', to: 'in-process', count: 1, evidence: 'intent' } },
    { type: 'print.inking', ...where, data: { rightId } },
    { type: 'print.printed', ...where, data: { rightId } },
  ];
}

/** The last of the four, with the movement of the blank. */
export function endedAs(
  lease: Granted,
  visitNo: string,
  outcome: 'issued' | 'retained' | 'spoiled' | 'in-doubt',
  attempt = 1,
): Fact[] {
  const where = { subject: `${lease.leaseId}/${attempt}`, visitNo };
  const { leaseId, rightId } = lease;
  const place = ({ issued: 'hand', retained: 'box', spoiled: 'box', 'in-doubt': 'unknown' } as const)[outcome];
  return [
    {
      type: 'print.outcome',
      ...where,
      data: { rightId, leaseId, outcome, reason: outcome === 'issued' ? 'done' : 'card-printer/jam', place },
    },
    { type: 'blanko.moved', ...where, data: { from: 'in-process', to: outcome, count: 1, evidence: 'exit sensor' } },
  ];
}

export const presented = (lease: Granted, visitNo: string, attempt = 1): Fact => ({
  type: 'print.presenting',
  ...{ subject: `${lease.leaseId}/${attempt}`, visitNo },
  data: { rightId: lease.rightId, offer: 1 },
});
