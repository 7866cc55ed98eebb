import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { personOf } from '#central/gateway/records.ts';
import { openEpoch } from '#central/intake/intake.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import { isRep } from '#contract/uplink/messages.generated.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { isSealedRecord, type SealedRecord } from '#contract/uplink/record.ts';
import { dayAt } from '#kit/civil-date.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import { openMemoryStore } from '#kit/store.ts';
import { seberangUlu1 } from '#tests/support/office.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { keptFingers } from '#tools/population/fingers.ts';
import { writeDemoDrop } from '#tools/population/population.ts';
import { openRequests } from './requests.ts';

let keys: { sealing: KeyPair; signing: KeyPair; reply: KeyPair };
let drop: string;
beforeAll(async () => {
  keys = {
    sealing: await joseSealer.newSealingKey(),
    signing: await joseSealer.newSigningKey(),
    reply: await joseSealer.newSealingKey(),
  };
  drop = mkdtempSync(join(tmpdir(), 'anjungan-requests-'));
  await writeDemoDrop(drop, dayAt(manualClock().wallMs()));
});

const dayMs = 86_400_000;
const citizen = (code: string) => demoCitizens.find((one) => one.code === code) ?? never(code);
const never = (code: string): never => {
  throw new Error(`nobody is ${code}`);
};
const siti = citizen('FIRST-01');
const wrongPin = siti.pin === '00000' ? '11111' : '00000';

async function office() {
  const clock = manualClock();
  const random = seededRandom('requests');
  const store = openMemoryStore({ migrations: centralMigrations });
  const lookupKey = random.bytes(32);
  await importFileDrop(drop, { store, clock, lookupKey });
  store.write('epoch', (db) => {
    db.prepare("INSERT INTO kiosk VALUES ('SU1-A', 'plg', ?, '{}', '', 0)").run(JSON.stringify(seberangUlu1));
    openEpoch(db, 'SU1-A', 1, clock.wallMs());
  });
  const grants = { log: { append() {}, close() {} }, siteName: () => 'Plaju' };
  const requests = openRequests({
    ...{ store, clock, random, sealer: joseSealer, lookupKey, grants },
    ...{ sealingKey: keys.sealing.privateKey, signingKey: keys.signing.privateKey },
  });
  const asker = { kiosk: 'SU1-A', site: seberangUlu1 };
  let asked = 0;
  const send = async (kind: 'status' | 'identify' | 'lease', more: Partial<Message<'req'>>) => {
    asked += 1;
    const req = { v: 1, reqId: `req-${asked}`, epoch: 1, exp: clock.wallMs() + 60_000, ...more } as Message<'req'>;
    const rep = await requests.answer(kind, asker, req);
    if (!isRep(rep)) throw new Error(`not an answer of the contract: ${JSON.stringify(rep)}`);
    return rep;
  };
  const seal = (question: unknown, to = keys.sealing) =>
    joseSealer.seal(typeof question === 'string' ? question : JSON.stringify(question), to.publicKey);
  const status = async (value: string) => send('status', { sealed: await seal({ lookup: { kind: 'code', value } }) });
  const identify = async (lookup: object, pin: string | undefined, more: Partial<Message<'req'>> = {}) =>
    send('identify', {
      sealed: await seal({ lookup, ...(pin !== undefined && { pin }) }),
      replyKey: keys.reply.publicKey as never,
      ...more,
    });
  const byCode = (value: string, pin: string, more = {}) => identify({ kind: 'code', value }, pin, more);
  const byNik = (value: string, pin: string) => identify({ kind: 'nik', value }, pin);
  const tries = () => store.read((db) => db.prepare('SELECT subject, tries FROM pin_try').all());
  return { clock, store, lookupKey, send, seal, status, identify, byCode, byNik, tries };
}

/** What central can know of it; the rest is found at the kiosk. */
const atTheKiosk = ['record/data-disputed', 'record/bad-portrait', 'record/unprintable-text'];

describe('the demo citizens', () => {
  test.each(demoCitizens)('$code gets the answer that its card says: $expect', async (one) => {
    const { status, byCode, byNik } = await office();
    const code = one.expect === 'issued' ? null : one.expect.replace(/^\w+:/, '');
    const printable = code === null || atTheKiosk.includes(code);
    const told = printable ? { ok: true } : { ok: false, code };
    expect(await status(one.pickupCode)).toMatchObject(told);
    expect(await byCode(one.pickupCode, one.pin)).toMatchObject(told);
    const answer = await byNik(one.nik, one.pin);
    expect(answer).toMatchObject(told);
    expect(JSON.stringify(answer.params ?? {})).not.toMatch(new RegExp(`${one.nik}|${one.name}`));
    if (!answer.sealed) return;
    const record = JSON.parse(await joseSealer.open(answer.sealed, keys.reply.privateKey)) as SealedRecord;
    expect(isSealedRecord(record)).toBe(true);
    expect(record.card).toMatchObject({ nik: one.nik, name: one.name });
    expect(record.fingers).toEqual(keptFingers(one.code).map(({ record }) => Buffer.from(record).toString('base64')));
  });
});

describe('whoever does not know the PIN learns nothing', () => {
  const gone = (reqId: string) => ({ v: 1, reqId, ok: false, code: 'identify/not-matched' });

  test('an unknown NIK, an unknown number and a wrong PIN are answered and counted alike', async () => {
    const { byNik, byCode, tries, lookupKey } = await office();
    expect(await byNik('1671020101990000', '12345')).toEqual({ ...gone('req-1'), params: { left: 2 } });
    expect(await byCode('1999999990', '12345')).toEqual({ ...gone('req-2'), params: { left: 2 } });
    expect(await byNik(siti.nik, wrongPin)).toEqual({ ...gone('req-3'), params: { left: 2 } });
    expect(tries()).toHaveLength(3);
    expect(tries()).toContainEqual({ subject: personOf(lookupKey, siti.nik), tries: 1 });
    expect(JSON.stringify(tries())).not.toContain('1671020101990000');
  });

  test.each([
    ['of a person', siti.nik],
    ['of nobody', '1671020101990000'],
  ])('the third wrong PIN %s locks for the day, also against the right one', async (_, nik) => {
    const { byNik, clock } = await office();
    const codes = [];
    for (const pin of [wrongPin, wrongPin, wrongPin, siti.pin]) codes.push((await byNik(nik, pin)).code);
    expect(codes.slice(0, 2)).toEqual(['identify/not-matched', 'identify/not-matched']);
    expect(codes.slice(2)).toEqual(['identify/pin-locked', 'identify/pin-locked']);
    await clock.advance(dayMs);
    const next = await byNik(nik, siti.pin);
    expect(next).toMatchObject(nik === siti.nik ? { ok: true } : { code: 'identify/not-matched', params: { left: 2 } });
  });

  test('number and NIK of one person share the count; a right PIN costs nothing', async () => {
    const { byNik, byCode, tries } = await office();
    await byCode(siti.pickupCode, wrongPin);
    await byNik(siti.nik, wrongPin);
    expect((await byCode(siti.pickupCode, siti.pin)).ok).toBe(true);
    expect((await byNik(siti.nik, siti.pin)).ok).toBe(true);
    expect(tries()).toMatchObject([{ tries: 2 }]);
    expect((await byCode(siti.pickupCode, wrongPin)).code).toBe('identify/pin-locked');
  });

  test('no PIN at all is a wrong PIN, and the PIN of another number opens nothing', async () => {
    const { identify, byCode } = await office();
    expect(await identify({ kind: 'nik', value: siti.nik }, undefined)).toMatchObject({ code: 'identify/not-matched' });
    const budi = citizen('FIRST-02');
    expect(await byCode(budi.pickupCode, siti.pin)).toMatchObject({ code: 'identify/not-matched' });
  });

  test('a question that is repeated is answered again and counted once', async () => {
    const { byCode, tries } = await office();
    const first = await byCode(siti.pickupCode, wrongPin, { reqId: 'again' });
    const both = await Promise.all([
      byCode(siti.pickupCode, wrongPin, { reqId: 'again' }),
      byCode(siti.pickupCode, wrongPin, { reqId: 'again' }),
    ]);
    expect(both).toEqual([first, first]);
    expect(tries()).toMatchObject([{ tries: 1 }]);
  });
});

describe('numbers run out', () => {
  test('the last day is a day on which it works; the next is not', async () => {
    const { status, byCode, clock } = await office();
    await clock.advance(365 * dayMs);
    expect((await status(siti.pickupCode)).ok).toBe(true);
    expect((await byCode(siti.pickupCode, siti.pin)).ok).toBe(true);
    await clock.advance(dayMs);
    expect(await status(siti.pickupCode)).toMatchObject({ ok: false, code: 'identify/code-expired' });
    expect(await byCode(siti.pickupCode, siti.pin)).toMatchObject({ ok: false, code: 'identify/code-expired' });
  });

  test('a number that nobody has is unknown, and a NIK has no open status', async () => {
    const { status, send, seal } = await office();
    expect(await status('1999999990')).toMatchObject({ ok: false, code: 'identify/unknown-code' });
    const nik = await seal({ lookup: { kind: 'nik', value: siti.nik } });
    expect(await send('status', { sealed: nik })).toMatchObject({ ok: false, code: 'uplink/malformed' });
  });
});

describe('a bad question is refused, counts nothing, and harms nobody', () => {
  const lookup = { kind: 'code', value: siti.pickupCode };
  const cases: [string, unknown][] = [
    ['that is no JSON', 'not JSON {'],
    ['that is empty', ''],
    ['that is null', null],
    ['without a lookup', { pin: siti.pin }],
    ['with a lookup of another kind', { lookup: { kind: 'name', value: siti.name }, pin: siti.pin }],
    ['with a number longer than any', { lookup: { ...lookup, value: '1'.repeat(33) }, pin: siti.pin }],
    ['with a PIN longer than any', { lookup, pin: '1'.repeat(17) }],
    ['with a PIN that is a number', { lookup, pin: 12_345 }],
    ['of a megabyte', { lookup: null, more: 'x'.repeat(1_000_000) }],
  ];

  test.each(cases)('%s', async (_, question) => {
    const { send, seal, tries } = await office();
    const sealed = await seal(question === null ? 'null' : question);
    const replyKey = keys.reply.publicKey as never;
    expect(await send('identify', { sealed, replyKey })).toMatchObject({ ok: false, code: 'uplink/malformed' });
    expect(await send('status', { sealed })).toMatchObject({ ok: false, code: 'uplink/malformed' });
    expect(tries()).toEqual([]);
  });

  test('not sealed, sealed to somebody else, or torn', async () => {
    const { send, seal, tries } = await office();
    const question = { lookup, pin: siti.pin };
    const stranger = await joseSealer.newSealingKey();
    const good = await seal(question);
    const replyKey = keys.reply.publicKey as never;
    for (const sealed of [undefined, 'x', await seal(question, stranger), good.slice(0, -4), JSON.stringify(question)])
      expect(await send('identify', { ...(sealed && { sealed }), replyKey })).toMatchObject({
        code: 'uplink/malformed',
      });
    expect(tries()).toEqual([]);
  });

  test('without a key for the answer, or with one that is none', async () => {
    const { send, seal, identify, tries } = await office();
    const question = await seal({ lookup, pin: siti.pin });
    expect(await send('identify', { sealed: question })).toMatchObject({ code: 'uplink/malformed' });
    for (const x of ['', 'AAAA', 'not base64 at all', Buffer.alloc(32).toString('base64url')]) {
      const replyKey = { kty: 'OKP', crv: 'X25519', x } as never;
      expect(await identify(lookup, siti.pin, { replyKey })).toMatchObject({ ok: false, code: 'uplink/malformed' });
    }
    const signing = keys.signing.publicKey as never;
    expect(await identify(lookup, siti.pin, { replyKey: signing })).toMatchObject({ code: 'uplink/malformed' });
    expect(tries()).toEqual([]);
  });

  test('of an epoch beyond all numbers that a table can hold', async () => {
    const { identify, tries } = await office();
    expect(await identify(lookup, siti.pin, { epoch: 1e20 })).toMatchObject({ ok: false, code: 'uplink/malformed' });
    expect(tries()).toEqual([]);
  });

  test('a lease without a record that was sent', async () => {
    const { send } = await office();
    expect(await send('lease', {})).toMatchObject({ code: 'uplink/malformed' });
    const lease = { rightId: 'x', identifyReqId: 'y', sealedSha256: hashText(sha256('z')) };
    expect(await send('lease', { lease })).toMatchObject({ code: 'right/lease-not-asked' });
  });
});

describe('the lease', () => {
  test('binds the record that was sent, and is refused once policy forbids it', async () => {
    const { byCode, send, store } = await office();
    const answer = await byCode(siti.pickupCode, siti.pin, { reqId: 'identify-1' });
    const sealed = answer.sealed ?? '';
    const { rightId } = JSON.parse(await joseSealer.open(sealed, keys.reply.privateKey)) as SealedRecord;
    const lease = { rightId, identifyReqId: 'identify-1', sealedSha256: hashText(sha256(sealed)) };
    store.write('law', (db) => db.prepare("UPDATE record SET class = 'LOST'").run());
    expect(await send('lease', { lease })).toMatchObject({ ok: false, code: 'class/lost' });
    store.write('law', (db) => db.prepare("UPDATE record SET class = 'FIRST'").run());
    const granted = await send('lease', { lease, reqId: 'lease-1' });
    expect(await joseSealer.verify(granted.lease ?? '', keys.signing.publicKey)).toMatchObject({
      ...{ kiosk: 'SU1-A', epoch: 1, reqId: 'lease-1', rightId, sealedSha256: lease.sealedSha256 },
      ...{ class: 'FIRST', rule: 'kec-first-1' },
    });
    const again = await byCode(siti.pickupCode, siti.pin);
    expect(again).toMatchObject({ ok: false, code: 'right/not-usable', params: { place: 'Plaju' } });
  });
});
