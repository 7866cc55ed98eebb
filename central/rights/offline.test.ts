import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { personOf } from '#central/gateway/records.ts';
import { openEpoch } from '#central/intake/intake.ts';
import { openRequests } from '#central/requests/requests.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import type { LeaseClaims, Message } from '#contract/uplink/messages.ts';
import { isSealedRecord, type SealedRecord } from '#contract/uplink/record.ts';
import { dayAt } from '#kit/civil-date.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { newId, seededRandom } from '#kit/random.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import { keyedHash } from '#kit/secrets.ts';
import { type Db, openMemoryStore } from '#kit/store.ts';
import { seberangUlu1 } from '#tests/support/office.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { writeDemoDrop } from '#tools/population/population.ts';
import { followRight } from './follow.ts';
import { GrantsLogFailed } from './grants-log.ts';
import { type HandOutPerson, handOut } from './offline.ts';
import { rightIdOf } from './open-right.ts';

let keys: { sealing: KeyPair; signing: KeyPair; reply: KeyPair };
let drop: string;
beforeAll(async () => {
  keys = {
    sealing: await joseSealer.newSealingKey(),
    signing: await joseSealer.newSigningKey(),
    reply: await joseSealer.newSealingKey(),
  };
  drop = mkdtempSync(join(tmpdir(), 'anjungan-offline-'));
  await writeDemoDrop(drop, dayAt(manualClock().wallMs()));
});

const dayMs = 86_400_000;
const citizen = (code: string) => {
  const one = demoCitizens.find((other) => other.code === code);
  if (!one) throw new Error(`nobody is ${code}`);
  return one;
};
const siti = citizen('FIRST-01');
const budi = citizen('FIRST-02');

/** An office with two kiosks, and so many blanks in the hopper of each. */
async function office(blanks = 5) {
  const clock = manualClock();
  const random = seededRandom('offline');
  const store = openMemoryStore({ migrations: centralMigrations });
  const lookupKey = random.bytes(32);
  await importFileDrop(drop, { store, clock, lookupKey });
  store.write('kiosks', (db) => {
    for (const kiosk of ['SU1-A', 'SU1-B']) {
      db.prepare("INSERT INTO kiosk VALUES (?, 'plg', ?, '{}', '', 0)").run(kiosk, JSON.stringify(seberangUlu1));
      openEpoch(db, kiosk, 1, clock.wallMs());
      db.prepare("INSERT INTO stock VALUES (?, 'hopper', ?)").run(kiosk, blanks);
    }
  });
  const medium = { fails: false };
  const log = {
    append() {
      if (medium.fails) throw new GrantsLogFailed('the second medium is full');
    },
    close() {},
  };
  const requests = openRequests({
    ...{ store, clock, random, sealer: joseSealer, lookupKey },
    ...{ sealingKey: keys.sealing.privateKey, signingKey: keys.signing.privateKey },
    grants: { log, siteName: () => 'Plaju' },
  });
  const order = (db: Db, { kiosk, kind, args, by }: { kiosk: string; kind: string; args: object; by: string[] }) => {
    const cmdId = newId(random);
    const nowMs = clock.wallMs();
    db.prepare("INSERT INTO command VALUES (?, ?, ?, ?, 'created', NULL, ?, ?, ?, ?)").run(
      ...[cmdId, kiosk, kind, JSON.stringify(args), nowMs, nowMs + dayMs, nowMs, JSON.stringify(by)],
    );
    return cmdId;
  };
  const handsOut = (people: HandOutPerson[], kiosk = 'SU1-A', by = 'op-1') =>
    handOut({ store, clock, lookupKey, order }, { kiosk, people, by });
  const asks = async (rightId: string, reqId = 'req-1', kiosk = 'SU1-A', epoch = 1) => {
    const req = { v: 1, reqId, epoch, exp: clock.wallMs() + 60_000, offline: { rightId } } as Message<'req'>;
    const replyKey = keys.reply.publicKey as never;
    return requests.answer('lease', { kiosk, site: seberangUlu1 }, { ...req, replyKey });
  };
  const voids = (rightId: string, reqId = 'req-1') =>
    store.write('entry', (db) => {
      const data = { rightId, reqId, reason: 'surrendered' };
      const entry = { type: 'lease.voided', at: { wallMs: 1, boot: 'b', upMs: 1 }, data } as Entry;
      return followRight(db, { kiosk: 'SU1-A', epoch: 1, seq: 1 }, entry, clock.wallMs());
    });
  const sealedTexts = () =>
    store.read((db) => db.prepare('SELECT count(*) AS n FROM offline_sealed').get() as { n: number }).n;
  const rightOf = (one: { nik: string }) => rightIdOf(personOf(lookupKey, one.nik), 1);
  return { store, clock, lookupKey, medium, handsOut, asks, voids, sealedTexts, rightOf, order };
}
const number = ({ pickupCode }: { pickupCode: string }) => ({ number: pickupCode });
const claimsOf = async (rep: Message<'rep'>) =>
  (await joseSealer.verify(rep.lease ?? '', keys.signing.publicKey)) as LeaseClaims;

describe('handing out', () => {
  test('orders a lease for each person whose card may be printed there, and says why not for the others', async () => {
    const { handsOut, store, rightOf, lookupKey } = await office();
    const person = personOf(lookupKey, budi.nik);
    const report = handsOut([number(siti), { person }, number(citizen('LOST-01')), { number: '1999999990' }]);
    expect(report.ordered.map(({ rightId }) => rightId)).toEqual([rightOf(siti), rightOf(budi)]);
    expect(report.refused).toEqual([
      { who: `...${citizen('LOST-01').pickupCode.slice(-4)}`, code: 'class/lost' },
      { who: '...9990', code: 'identify/unknown-code' },
    ]);
    const rows = store.read((db) => db.prepare('SELECT kiosk, kind, args, ordered_by FROM command').all());
    expect(rows[0]).toEqual({
      ...{ kiosk: 'SU1-A', kind: 'take-lease', ordered_by: '["op-1"]' },
      args: JSON.stringify({ rightId: rightOf(siti) }),
    });
    expect(store.read((db) => db.prepare('SELECT who, kind, purpose FROM lookup').all())).toEqual([
      { who: 'op-1', kind: 'hand-out', purpose: 'SU1-A' },
    ]);
  });

  test('never promises more than the hopper holds, counting orders and leases that are out', async () => {
    const { handsOut, asks, rightOf } = await office(1);
    const first = handsOut([number(siti), number(budi)]);
    expect([first.ordered.length, first.refused[0]?.code]).toEqual([1, 'kiosk/no-blanko']);
    expect(handsOut([number(budi)]).refused[0]?.code).toBe('kiosk/no-blanko');
    expect((await asks(rightOf(siti))).ok).toBe(true);
    expect(handsOut([number(budi)]).refused[0]?.code).toBe('kiosk/no-blanko');
    expect(handsOut([number(budi)], 'SU1-B').ordered).toHaveLength(1);
  });

  test('promises a right once, and only one that is free', async () => {
    const { handsOut, asks, rightOf } = await office();
    handsOut([number(siti)]);
    expect(handsOut([number(siti)], 'SU1-B').refused).toMatchObject([{ code: 'right/not-usable' }]);
    await asks(rightOf(siti));
    expect(handsOut([number(siti)], 'SU1-B').refused).toMatchObject([{ code: 'right/at-other-kiosk' }]);
  });

  test('needs a number that works, and verifiers that the import made', async () => {
    const { handsOut, clock, store } = await office();
    store.write('old import', (db) => db.prepare('UPDATE pickup SET offline_pin = NULL').run());
    expect(handsOut([number(siti)]).refused).toMatchObject([{ code: 'record/changed' }]);
    await clock.advance(400 * dayMs);
    expect(handsOut([number(budi)]).refused).toMatchObject([{ code: 'identify/code-expired' }]);
  });

  test('is done by somebody, to a kiosk that there is', async () => {
    const { handsOut } = await office();
    expect(() => handsOut([number(siti)], 'SU1-X')).toThrow('there is no kiosk');
    expect(() => handsOut([number(siti)], 'SU1-A', '')).toThrow('operator id');
    expect(() => handsOut([])).toThrow('for whom');
  });
});

describe('a lease ahead of time', () => {
  test('brings claims and record together; the record recognises its person by number or NIK with the PIN', async () => {
    const { handsOut, asks, rightOf, clock } = await office();
    handsOut([number(siti)]);
    const rep = await asks(rightOf(siti));
    const claims = await claimsOf(rep);
    expect(claims).toMatchObject({ mode: 'offline', rightId: rightOf(siti), kiosk: 'SU1-A', epoch: 1, reqId: 'req-1' });
    expect(claims.expiresMs).toBe(clock.wallMs() + 14 * dayMs);
    expect(claims.sealedSha256).toBe(hashText(sha256(rep.sealed ?? '')));
    const record = JSON.parse(await joseSealer.open(rep.sealed ?? '', keys.reply.privateKey)) as SealedRecord;
    expect(isSealedRecord(record)).toBe(true);
    expect(record.fingers, 'a finger is known without central too').toHaveLength(2);
    expect(record.card.nik).toBe(siti.nik);
    const [kind, key = '', pin] = record.identify?.pinVerifier.split('$') ?? [];
    const own = Buffer.from(key, 'base64url');
    expect([kind, pin]).toEqual(['hmac', keyedHash(own, 'pin', siti.pin)]);
    expect(record.identify?.code).toBe(keyedHash(own, 'code', siti.pickupCode));
    expect(record.identify?.nik).toBe(keyedHash(own, 'nik', siti.nik));
  });

  test('is told again word for word while it lives, and its text goes when it ends', async () => {
    const { handsOut, asks, rightOf, voids, sealedTexts } = await office();
    handsOut([number(siti)]);
    const first = await asks(rightOf(siti));
    expect(await asks(rightOf(siti))).toEqual(first);
    expect(sealedTexts()).toBe(1);
    voids(rightOf(siti));
    expect(sealedTexts()).toBe(0);
    expect(await asks(rightOf(siti))).toMatchObject({ ok: false, code: 'right/not-usable' });
    expect((await asks(rightOf(siti), 'req-2')).ok).toBe(true);
  });

  test('is given for nothing that was not ordered, to nobody to whom it was not, and not after the order ran out', async () => {
    const { handsOut, asks, rightOf, clock } = await office();
    handsOut([number(siti)]);
    handsOut([number(budi)], 'SU1-B');
    const refused = { ok: false, code: 'right/lease-not-asked' };
    expect(await asks(rightOf(budi))).toMatchObject(refused);
    expect(await asks(rightOf(citizen('FIRST-03')))).toMatchObject(refused);
    expect(await asks('nobody')).toMatchObject(refused);
    await clock.advance(2 * dayMs);
    expect(await asks(rightOf(siti))).toMatchObject(refused);
  });

  test('is renewed by order: the old one given back, the same right asked for anew', async () => {
    const { handsOut, asks, rightOf, voids, store, order } = await office();
    handsOut([number(siti)]);
    const { leaseId } = await claimsOf(await asks(rightOf(siti)));
    store.write('done', (db) => db.prepare("UPDATE command SET state = 'done'").run());
    voids(rightOf(siti));
    expect(await asks(rightOf(siti), 'req-2')).toMatchObject({ code: 'right/lease-not-asked' });
    store.write('renew', (db) => order(db, { kiosk: 'SU1-A', kind: 'renew-lease', args: { leaseId }, by: ['op-1'] }));
    expect((await asks(rightOf(siti), 'req-3')).ok).toBe(true);
  });

  test('is bounded by the blanks that are there when it is granted', async () => {
    const { handsOut, asks, rightOf, store } = await office(2);
    handsOut([number(siti), number(budi)]);
    store.write('used', (db) => db.prepare('UPDATE stock SET count = 1').run());
    expect((await asks(rightOf(siti))).ok).toBe(true);
    expect(await asks(rightOf(budi), 'req-2')).toMatchObject({ ok: false, code: 'kiosk/no-blanko' });
  });

  test('ends no later than the last day of the number', async () => {
    const { handsOut, asks, rightOf, clock, store } = await office();
    const today = dayAt(clock.wallMs());
    store.write('soon', (db) => db.prepare('UPDATE pickup SET expires_on = ?').run(today));
    handsOut([number(siti)]);
    const { expiresMs } = await claimsOf(await asks(rightOf(siti)));
    expect(dayAt(expiresMs - 1)).toBe(today);
    expect(dayAt(expiresMs)).not.toBe(today);
  });

  test('is refused where the law changed since it was ordered, and where its epoch is over', async () => {
    const { handsOut, asks, rightOf, store } = await office();
    handsOut([number(siti)]);
    store.write('law', (db) => db.prepare("UPDATE record SET class = 'LOST'").run());
    expect(await asks(rightOf(siti))).toMatchObject({ ok: false, code: 'class/lost' });
    store.write('law', (db) => db.prepare("UPDATE record SET class = 'FIRST'").run());
    store.write('closed', (db) => db.prepare('UPDATE epoch SET closed_ms = 1').run());
    expect(await asks(rightOf(siti))).toMatchObject({ ok: false, code: 'right/epoch-closed' });
  });

  test('is refused while the second medium takes no line, and given when it does again', async () => {
    const { handsOut, asks, rightOf, medium, store } = await office();
    handsOut([number(siti)]);
    medium.fails = true;
    expect(await asks(rightOf(siti))).toMatchObject({ ok: false, code: 'central/refused' });
    expect(store.read((db) => db.prepare('SELECT state FROM print_right').all())).toEqual([{ state: 'usable' }]);
    medium.fails = false;
    expect((await asks(rightOf(siti))).ok).toBe(true);
  });

  test('a record that changes while it is being sealed is not granted', async () => {
    const { handsOut, asks, rightOf, store } = await office();
    handsOut([number(siti)]);
    const asking = asks(rightOf(siti));
    store.write('import', (db) => db.prepare("UPDATE record SET row_hash = 'another'").run());
    expect(await asking).toMatchObject({ ok: false, code: 'record/changed' });
  });
});

test('neither number nor PIN nor a key to try them by is kept', async () => {
  const { store, lookupKey } = await office();
  const text = Buffer.from(store.bytes()).toString('latin1');
  const person = personOf(lookupKey, siti.nik);
  for (const secret of [siti.pickupCode, `$${siti.pin}`, keyedHash(lookupKey, 'offline', person)])
    expect(text).not.toContain(secret);
});
