import { beforeAll, describe, expect, test } from 'vitest';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { LeaseClaims } from '#contract/uplink/messages.ts';
import { moveBlanko } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { writeIntended, writeOutcome } from '#controller/jobs/facts.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import { openMemoryStore } from '#kit/store.ts';
import { type Lease, openLeases } from './leases.ts';

let central: KeyPair;
let stranger: KeyPair;
beforeAll(async () => {
  central = await joseSealer.newSigningKey();
  stranger = await joseSealer.newSigningKey();
});

const sealed = 'the record that Rani reviewed';
const asked = { reqId: 'req-1', rightId: 'right-rani', sealed };
const visitNo = 'SU1-0001-9';

function kiosk() {
  const clock = manualClock();
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journal = openJournal({ store, clock, kiosk: 'SU1-A', epoch: 2, boot: 'boot-1' });
  const leases = openLeases({ store, journal, clock, sealer: joseSealer, centralSigningKey: central.publicKey });
  const claims = (changed: Partial<LeaseClaims> = {}): LeaseClaims => ({
    ...{ v: 1, rightId: asked.rightId, leaseId: 'lease-1', kiosk: 'SU1-A', epoch: 2, reqId: asked.reqId },
    ...{ class: 'FIRST', policy: '2026-11', rule: 'kec-first-1', mode: 'online', nonce: 'nonce-1' },
    ...{ grantedMs: clock.wallMs(), expiresMs: clock.wallMs() + 900_000, sealedSha256: hashText(sha256(sealed)) },
    ...changed,
  });
  const receive = async (changed: Partial<LeaseClaims> = {}, key = central) =>
    leases.receive(await joseSealer.sign(claims(changed), key.privateKey), asked, visitNo);
  const types = () => journal.entries(1, journal.head().seq).map(({ type }) => type);
  return { clock, store, journal, leases, claims, receive, types };
}

const lease = (verdict: Awaited<ReturnType<ReturnType<typeof kiosk>['receive']>>): Lease => {
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict.lease;
};

describe('a lease is accepted', () => {
  test('when it answers the outstanding question; it is journalled', async () => {
    const { leases, receive, types, journal } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    expect(await receive()).toMatchObject({ ok: true, lease: { leaseId: 'lease-1', rule: 'kec-first-1' } });
    expect(types()).toEqual(['lease.received']);
    expect(journal.entries(1, 1)[0]).toMatchObject({ subject: 'lease-1', visitNo, data: { reqId: 'req-1' } });
  });

  test.each<[string, Partial<LeaseClaims>, string]>([
    ['of another kiosk', { kiosk: 'SU1-B' }, 'right/lease-not-asked'],
    ['of an earlier epoch', { epoch: 1 }, 'right/lease-not-asked'],
    ['of a later epoch', { epoch: 3 }, 'right/lease-not-asked'],
    ['for another question', { reqId: 'req-0' }, 'right/lease-not-asked'],
    ['for another right', { rightId: 'right-amin' }, 'right/lease-not-asked'],
    ['for another record', { sealedSha256: hashText(sha256('another')) }, 'right/lease-invalid'],
    ['that has run out', { expiresMs: 1_000 }, 'right/lease-expired'],
    ['of a version nobody knows', { v: 2 as 1 }, 'right/lease-invalid'],
  ])('never %s', async (_, changed, code) => {
    const { leases, receive, types } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    expect(await receive(changed)).toEqual({ ok: false, code });
    expect(types()).toEqual([]);
  });

  test('never without its question', async () => {
    const { receive, types } = kiosk();
    expect(await receive()).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(types()).toEqual([]);
  });

  test('never when signed by anybody but central', async () => {
    const { leases, receive } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    expect(await receive({}, stranger)).toEqual({ ok: false, code: 'right/lease-invalid' });
  });

  test('never with one character of it changed', async () => {
    const { leases, claims, types } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    const jws = await joseSealer.sign(claims(), central.privateKey);
    for (const at of [5, jws.indexOf('.') + 9, jws.lastIndexOf('.') + 9]) {
      const other = jws[at] === 'A' ? 'B' : 'A';
      const tampered = jws.slice(0, at) + other + jws.slice(at + 1);
      expect(await leases.receive(tampered, asked, visitNo)).toEqual({ ok: false, code: 'right/lease-invalid' });
    }
    const [head, , signature] = jws.split('.');
    const forged = Buffer.from(JSON.stringify(claims({ expiresMs: 9e15 }))).toString('base64url');
    for (const bad of [`${head}.${forged}.${signature}`, `${head}.${forged}.`, 'x', ''])
      expect(await leases.receive(bad, asked, visitNo)).toEqual({ ok: false, code: 'right/lease-invalid' });
    expect(types()).toEqual([]);
  });

  test('once: the same answer a second time is refused', async () => {
    const { leases, receive, types } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    await receive();
    expect(await receive()).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(types()).toEqual(['lease.received']);
  });

  test('never after its question was given up, not even when it was being verified then', async () => {
    const { leases, receive, types } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    const verifying = receive();
    leases.void(asked.reqId, 'identify/cancelled', visitNo);
    expect(await verifying).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(types()).toEqual(['lease.voided']);
  });
});

describe('a void', () => {
  test('names the question, and the lease where there is one, once', async () => {
    const { leases, receive, journal } = kiosk();
    leases.ask(asked.reqId, asked.rightId);
    await receive();
    leases.void(asked.reqId, 'identify/cancelled', visitNo);
    leases.void(asked.reqId, 'restart');
    leases.voidAllUnused('restart');
    leases.void('nobody asked this', 'restart');
    expect(journal.head().seq).toBe(2);
    expect(journal.entries(2, 2)[0]).toMatchObject({
      type: 'lease.voided',
      visitNo,
      data: { reqId: 'req-1', leaseId: 'lease-1', rightId: 'right-rani', reason: 'identify/cancelled' },
    });
  });

  test('at the start gives back every question and lease that no attempt holds', async () => {
    const { leases, receive, types, journal } = kiosk();
    leases.ask('unanswered', 'right-amin');
    leases.ask(asked.reqId, asked.rightId);
    await receive();
    expect(leases.voidAllUnused('restart')).toBe(2);
    expect(leases.voidAllUnused('restart')).toBe(0);
    expect(types()).toEqual(['lease.received', 'lease.voided', 'lease.voided']);
    expect(
      journal
        .entries(2, 3)
        .map(({ data }) => (data as { reqId: string }).reqId)
        .sort(),
    ).toEqual(['req-1', 'unanswered']);
  });

  test.each(['issued', 'retained', 'in-doubt', 'spoiled', 'unused'] as const)(
    'leaves a lease alone while an attempt holds it, and after %s frees it only where it is still live',
    async (outcome) => {
      const { leases, receive, types, journal, clock } = kiosk();
      leases.ask(asked.reqId, asked.rightId);
      const held = lease(await receive());
      journal.record('hopper.loaded', (append, db) =>
        moveBlanko(append, db, { from: 'kecamatan-safe', to: 'hopper', count: 1, evidence: 'BA-1' }),
      );
      const witness = { serial: null, cardsFed: null, ribbonPrintsLeft: null };
      const attempt = writeIntended(journal, clock, held, witness, visitNo);
      leases.void(asked.reqId, 'identify/cancelled');
      leases.voidAllUnused('restart');
      expect(types()).not.toContain('lease.voided');

      writeOutcome(journal, attempt, { outcome, reason: 'done', place: 'unknown', blanko: 'in-doubt', evidence: 'x' });
      leases.void(asked.reqId, 'card-printer/jam');
      const freed = outcome === 'spoiled' || outcome === 'unused';
      expect(types().includes('lease.voided')).toBe(freed);
    },
  );
});
