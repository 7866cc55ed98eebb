import { describe, expect, test } from 'vitest';
import { amin, cutLine, type Life, openTown, rani, type Town, withLease } from '#controller/commands/test-kiosk.ts';
import { writeIntended, writeOutcome } from '#controller/jobs/facts.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const witness = { serial: null, cardsFed: null, ribbonPrintsLeft: null };
const byCode = { kind: 'code', value: rani.code } as const;
const byNik = { kind: 'nik', value: rani.nik } as const;

async function prepared(): Promise<{ town: Town; life: Life; leaseId: string }> {
  const town = await openTown();
  const life = await town.life();
  const leaseId = await withLease(town, life);
  return { town, life, leaseId };
}

/** Ends one life in order or not, and begins the next with the line cut before central could say anything. */
async function restarted(town: Town, life: Life, how: 'in order' | 'killed'): Promise<Life> {
  life.dies();
  town.central.silent = true;
  return town.life(how === 'in order');
}

describe('somebody whose lease lies here', () => {
  test.each([byCode, byNik])(
    'is recognised by $kind and PIN without central, and the job gets its lease',
    async (lookup) => {
      const { town, life, leaseId } = await prepared();
      await cutLine(town, life);
      const { recognition } = life.authority;
      expect(await recognition.status(byCode)).toEqual({ ok: true });
      const who = await recognition.identify(lookup, rani.pin, true);
      expect(who).toMatchObject({ ok: true, leaseId, record: { rightId: rani.rightId, card: { name: rani.name } } });
      const answer = recognition.use(leaseId);
      if (!answer.ok) throw new Error(answer.code);
      expect(answer.lease).toMatchObject({ leaseId, rightId: rani.rightId, rule: 'kec-first-1', class: 'FIRST' });
      expect(writeIntended(life.journal, town.clock, answer.lease, witness, 'SU1-0001-9').number).toBe(1);
      life.dies();
    },
  );

  test('is not found by another number: then central is asked', async () => {
    const { life } = await prepared();
    const { recognition } = life.authority;
    expect(await recognition.status({ kind: 'code', value: amin.code })).toBeNull();
    expect(await recognition.identify({ kind: 'nik', value: amin.nik }, amin.pin, false)).toBeNull();
    expect(
      await recognition.identify({ kind: 'nik', value: rani.code }, rani.pin, false),
      'a code is no NIK',
    ).toBeNull();
    life.dies();
  });

  test('is served by a later life too', async () => {
    const { town, life, leaseId } = await prepared();
    const next = await restarted(town, life, 'in order');
    expect(await next.authority.recognition.identify(byCode, rani.pin, true)).toMatchObject({ ok: true, leaseId });
    expect(next.authority.recognition.use(leaseId)).toMatchObject({ ok: true });
    next.dies();
  });
});

describe('wrong PINs', () => {
  test('three in one day lock the lease for that day, the right PIN included, over a restart; another lease is not touched', async () => {
    const { town, life } = await prepared();
    await withLease(town, life, amin);
    const said = async ({ authority }: Life, pin: string) => await authority.recognition.identify(byNik, pin, true);
    expect(await said(life, '00000')).toMatchObject({ code: 'identify/not-matched', params: { left: 2 } });
    expect(await said(life, '00001')).toMatchObject({ code: 'identify/not-matched', params: { left: 1 } });
    const next = await restarted(town, life, 'in order');
    expect(await said(next, '00002')).toMatchObject({ code: 'identify/pin-locked' });
    expect(await said(next, rani.pin)).toMatchObject({ code: 'identify/pin-locked' });
    const other = { kind: 'nik', value: amin.nik } as const;
    expect(await next.authority.recognition.identify(other, amin.pin, true)).toMatchObject({ ok: true });
    town.clock.jumpWall(dayMs);
    expect(await said(next, rani.pin)).toMatchObject({ ok: true });
    next.dies();
  });

  test('a NIK that nobody here has fails in the same words, as often, while central is away', async () => {
    const { life } = await prepared();
    const said = async (value: string) => {
      const answers = [];
      for (let n = 0; n < 4; n += 1)
        answers.push(await life.authority.recognition.identify({ kind: 'nik', value }, '00000', true));
      return answers;
    };
    expect(await said('1671029999990000')).toEqual(await said(rani.nik));
    life.dies();
  });
});

describe('after an unclean end', () => {
  test('a lease waits until central has agreed to the head, over a clean restart too', async () => {
    const { town, life, leaseId } = await prepared();
    const second = await restarted(town, life, 'killed');
    expect(await second.authority.recognition.status(byCode)).toMatchObject({ code: 'right/needs-central' });
    expect(second.authority.recognition.use(leaseId)).toMatchObject({ code: 'right/needs-central' });
    expect(second.authority.recognition.usable()).toBe(0);
    const third = await restarted(town, second, 'in order');
    expect(await third.authority.recognition.identify(byCode, rani.pin, true)).toMatchObject({
      code: 'right/needs-central',
    });
    town.central.silent = false;
    town.central.sayPresent();
    await town.until(() => third.authority.recognition.usable() === 1);
    const fourth = await restarted(town, third, 'in order');
    expect(fourth.authority.recognition.use(leaseId)).toMatchObject({ ok: true });
    fourth.dies();
  });

  test('while the counter is unexplained nothing is used, even after central has agreed: it may never have heard', async () => {
    const { town, life, leaseId } = await prepared();
    const next = await restarted(town, life, 'in order');
    town.around.forbidden = true;
    town.central.silent = false;
    town.central.sayPresent();
    await town.until(() => town.central.texts.length === next.journal.head().seq);
    expect(next.authority.recognition.use(leaseId)).toMatchObject({ code: 'right/needs-central' });
    expect(await next.authority.recognition.status(byCode)).toMatchObject({ code: 'right/needs-central' });
    town.around.forbidden = false;
    expect(next.authority.recognition.use(leaseId)).toMatchObject({ ok: true });
    next.dies();
  });
});

describe('expiry forbids, and frees nothing', () => {
  test('by the wall clock', async () => {
    const { town, life, leaseId } = await prepared();
    town.clock.jumpWall(14 * dayMs - 60_000);
    expect(life.authority.recognition.use(leaseId).ok).toBe(true);
    town.clock.jumpWall(120_000);
    expect(life.authority.recognition.use(leaseId)).toMatchObject({ code: 'right/lease-expired' });
    expect(town.central.leased()).toEqual([rani.rightId]);
    life.dies();
  });

  /** A lease of ten minutes, five of which an earlier life was running; then the wall clock was set back. */
  async function afterFiveMinutes() {
    const town = await openTown();
    town.central.leaseMs = 10 * minuteMs;
    const life = await town.life();
    const leaseId = await withLease(town, life);
    await town.clock.advance(5 * minuteMs);
    life.journal.record('test.fact', (append) =>
      append({ type: 'device.changed', data: { device: 'camera', state: 'ready', code: null } }),
    );
    town.clock.jumpWall(-20 * dayMs);
    const next = await restarted(town, life, 'in order');
    return { town, next, leaseId };
  }

  test('by the uptime of all lives together, when the wall clock was set back', async () => {
    const { town, next, leaseId } = await afterFiveMinutes();
    await town.clock.advance(4 * minuteMs);
    expect(next.authority.recognition.use(leaseId).ok, 'after nine minutes').toBe(true);
    await town.clock.advance(2 * minuteMs);
    expect(next.authority.recognition.use(leaseId)).toMatchObject({ code: 'right/lease-expired' });
    next.dies();
  });

  test('and the intent itself says no, by the age of all lives', async () => {
    const { town, next, leaseId } = await afterFiveMinutes();
    const answer = next.authority.recognition.use(leaseId);
    if (!answer.ok) throw new Error(answer.code);
    await town.clock.advance(6 * minuteMs);
    expect(() => writeIntended(next.journal, town.clock, answer.lease, witness, 'SU1-0001-9')).toThrow(
      'right/lease-expired',
    );
    next.dies();
  });
});

describe('record and key', () => {
  const done = { outcome: 'issued', reason: 'done', place: 'hand', blanko: 'issued', evidence: 'taken' } as const;

  function secretsIn({ store }: Life): string[] {
    const row = store.read((db) => db.prepare('SELECT wrapped_key, sealed FROM offline_lease').get()) as {
      wrapped_key: string;
      sealed: string;
    };
    return [row.wrapped_key, row.sealed];
  }
  /** In stretches, for what is left of a page may begin or end anywhere. */
  const isIn = (bytes: Uint8Array, secret: string) => {
    const text = Buffer.from(bytes).toString('latin1');
    return [...secret.matchAll(/.{32}/g)].some(([stretch]) => text.includes(stretch));
  };

  test.each<[string, (town: Town, life: Life, leaseId: string) => void]>([
    [
      'the card was issued',
      (town, { authority, journal }, leaseId) => {
        const answer = authority.recognition.use(leaseId);
        if (!answer.ok) throw new Error(answer.code);
        const attempt = writeIntended(journal, town.clock, answer.lease, witness, 'SU1-0001-9');
        writeOutcome(journal, attempt, done);
      },
    ],
    ['the lease was revoked', ({ central }, _, leaseId) => void central.orders('revoke-lease', { leaseId })],
    ['the lease was given back', (_, { authority }, leaseId) => authority.surrender({ leaseId, operatorId: 'op-1' })],
    ['the door was opened, and nobody answers for it', ({ panel }) => panel.set({ ...panel.value, doorClosed: false })],
  ])('are gone from every byte of the database once %s', async (_, ends) => {
    const { town, life, leaseId } = await prepared();
    const secrets = secretsIn(life);
    for (const secret of secrets) expect(isIn(life.store.bytes(), secret), 'while it is live').toBe(true);
    ends(town, life, leaseId);
    await town.until(() => life.authority.leases().length === 0);
    for (const secret of secrets) expect(isIn(life.store.bytes(), secret)).toBe(false);
    life.dies();
  });

  test('stay while an officer answers for the open door, and go when the officer signs off', async () => {
    const { town, life } = await prepared();
    town.around.officer = true;
    town.panel.set({ ...town.panel.value, doorClosed: false });
    await town.clock.advance(5_000);
    expect(life.authority.leases()).toHaveLength(1);
    town.around.officer = false;
    life.journal.record('duty.closed', (append) =>
      append({ type: 'duty.closed', data: { operatorId: 'op-1', certificateId: 'cert-1' } }),
    );
    await town.until(() => town.central.leased().length === 0);
    expect(life.authority.leases()).toEqual([]);
    expect(town.central.of('lease.voided')[0]?.data.reason).toBe('door-open');
    life.dies();
  });

  test('cannot be opened with another kiosk’s key', async () => {
    const { town, life } = await prepared();
    town.around.keys = town.anotherKey;
    const next = await restarted(town, life, 'in order');
    expect(await next.authority.recognition.identify(byCode, rani.pin, true)).toBeNull();
    next.dies();
  });
});
