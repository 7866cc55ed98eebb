import { describe, expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { type EntryPlace, openEpoch } from '#central/intake/intake.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Entry, PrintOutcome } from '#contract/uplink/entries.ts';
import { type RightMove, type RightState, rightAfter, rightMoves, rightStates } from '#contract/uplink/rights.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openMemoryStore, StoreBroken } from '#kit/store.ts';
import { followRight, rightOf } from './follow.ts';
import { type GrantOptions, grantLease, type LeaseRequest } from './grant.ts';
import type { LogLine } from './grants-log.ts';
import { ensureRight } from './open-right.ts';

const sealedSha256 = hashText(sha256('sealed'));

/** An office with so many kiosks, in which Rani has been recognised at each. */
function office(kiosks = 2) {
  const clock = manualClock();
  const random = seededRandom('rights');
  const store = openMemoryStore({ migrations: centralMigrations });
  const logged: LogLine[] = [];
  const options: GrantOptions = {
    ...{ store, clock, random },
    log: { append: (grant) => void logged.push(grant), close() {} },
    stillAllowed: () => ({ ok: true, class: 'FIRST', policy: '2026-11', rule: 'kec-first-1' }),
    siteName: (_, kiosk) => `site of ${kiosk}`,
  };
  const right = store.write('right', (db) => ensureRight(db, 'rani', clock.wallMs()));
  const names = Array.from({ length: kiosks }, (_, index) => `K-${index + 1}`);
  const recognise = (kiosk: string) =>
    store.write('identified', (db) => {
      db.prepare("INSERT INTO kiosk VALUES (?, 'plg', '{}', '{}', '', 0)").run(kiosk);
      openEpoch(db, kiosk, 1, clock.wallMs());
      const row = [kiosk, 1, 'identify-1', right.right_id, sealedSha256, 'kec-first-1', clock.wallMs()];
      db.prepare('INSERT INTO identified VALUES (?, ?, ?, ?, ?, ?, ?)').run(...row);
    });
  for (const kiosk of names) recognise(kiosk);
  const ask = (changed: Partial<LeaseRequest> = {}) =>
    grantLease(options, {
      ...{ kiosk: 'K-1', epoch: 1, reqId: 'req-1', rightId: right.right_id, identifyReqId: 'identify-1', sealedSha256 },
      ...changed,
    });
  const granted = (changed: Partial<LeaseRequest> = {}) => {
    const grant = ask(changed);
    if (!grant.ok) throw new Error(grant.code);
    return grant.claims;
  };
  const say = (type: Entry['type'], data: object, place: Partial<EntryPlace> = {}, subject?: string) =>
    store.write('entry', (db) => {
      const entry = { type, ...(subject && { subject }), at: { wallMs: 1, boot: 'b', upMs: 1 }, data } as Entry;
      return followRight(db, { kiosk: 'K-1', epoch: 1, seq: 1, ...place }, entry, clock.wallMs());
    });
  const voids = (reqId: string, place: Partial<EntryPlace> = {}) =>
    say('lease.voided', { reqId, rightId: right.right_id, reason: 'identify/cancelled' }, place);
  const state = () => store.read((db) => rightOf(db, right.right_id))?.state;
  const liveLeases = () =>
    store.read((db) => db.prepare("SELECT count(*) AS n FROM lease WHERE state = 'live'").get()) as { n: number };
  return { store, options, right, names, ask, granted, say, voids, state, liveLeases, logged, clock };
}

describe('a grant', () => {
  test('50 kiosks ask at once for one right: exactly one gets it, the others hear where it is', () => {
    const { names, ask, liveLeases, state, logged } = office(50);
    const answers = names.map((kiosk) => ask({ kiosk, reqId: `req of ${kiosk}` }));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers.slice(1))
      expect(answer).toEqual({ ok: false, code: 'right/at-other-kiosk', params: { place: 'site of K-1' } });
    expect([liveLeases().n, state(), logged.length]).toEqual([1, 'leased', 1]);
  });

  test('the same question again gets the very same lease while it lives', () => {
    const { ask, granted, logged } = office();
    const first = granted();
    expect(ask()).toEqual({ ok: true, claims: first });
    expect(logged).toMatchObject([{ what: 'grant', n: 1, term: 1, person: 'rani', generation: 1, claims: first }]);
  });

  test('the number of a question is good for that question only', () => {
    const { ask, granted, options, state } = office();
    granted();
    const other = options.store.write('right', (db) => ensureRight(db, 'amin', 1));
    expect(ask({ rightId: other.right_id })).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(ask({ sealedSha256: hashText(sha256('another')) })).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(state()).toBe('leased');
  });

  test('a second question of the same kiosk gets none', () => {
    const { ask, granted } = office();
    granted();
    expect(ask({ reqId: 'req-2' })).toMatchObject({ ok: false, code: 'right/not-usable' });
  });

  test.each<[string, Partial<LeaseRequest>]>([
    ['a person who was not recognised with that question', { identifyReqId: 'identify-0' }],
    ['a person who was recognised at another kiosk', { kiosk: 'K-9' }],
    ['another record than the one that was sent', { sealedSha256: hashText(sha256('other')) }],
    ['a right that nobody has', { rightId: 'nobody' }],
    ['an epoch in which nobody was recognised', { epoch: 7 }],
  ])('none for %s', (_, changed) => {
    const { ask, state } = office();
    expect(ask(changed)).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(state()).toBe('usable');
  });

  test('none once a newer epoch of that kiosk is open, or this one is closed', () => {
    for (const close of [true, false]) {
      const { ask, store, clock } = office();
      store.write('epoch', (db) => {
        if (close) db.prepare("UPDATE epoch SET closed_ms = 1 WHERE kiosk = 'K-1'").run();
        else openEpoch(db, 'K-1', 2, clock.wallMs());
      });
      expect(ask()).toEqual({ ok: false, code: 'right/epoch-closed' });
    }
  });

  test('nor is a lease told again once its epoch is closed', () => {
    const { ask, granted, store } = office();
    granted();
    store.write('epoch', (db) => db.prepare("UPDATE epoch SET closed_ms = 1 WHERE kiosk = 'K-1'").run());
    expect(ask()).toEqual({ ok: false, code: 'right/epoch-closed' });
  });

  test('none for a kiosk that is not registered', () => {
    const { ask, store, state } = office();
    store.write('gone', (db) => db.prepare("DELETE FROM kiosk WHERE kiosk = 'K-1'").run());
    expect(ask()).toEqual({ ok: false, code: 'right/lease-not-asked' });
    expect(state()).toBe('usable');
  });

  test('policy is asked once more, inside', () => {
    const { ask, options, state } = office();
    options.stillAllowed = () => ({ ok: false, code: 'record/closed' });
    expect(ask()).toMatchObject({ ok: false, code: 'record/closed' });
    expect(state()).toBe('usable');
  });
});

describe('a grant is on the second medium before it is anywhere else', () => {
  test('a log that cannot be written grants nothing', () => {
    const { ask, options, state, liveLeases } = office();
    options.log = {
      append() {
        throw new Error('the second medium is full');
      },
      close() {},
    };
    expect(() => ask()).toThrow('second medium');
    expect([state(), liveLeases().n]).toEqual(['usable', 0]);
  });

  test('what the database refuses is never written to the log', () => {
    const { ask, store, logged, right } = office();
    const other = "INSERT INTO lease VALUES ('other', ?, 'K-9', 1, 'req-9', '{}', 'live', 1, 'online')";
    store.write('odd', (db) => db.prepare(other).run(right.right_id));
    expect(() => ask()).toThrow('UNIQUE');
    expect(logged).toEqual([]);
  });

  test('a commit that fails leaves the line: it only forbids', () => {
    const { ask, options, logged, state } = office();
    const { store } = options;
    const broken: typeof store = {
      ...store,
      write: (name, work) =>
        store.write(name, (db) => {
          work(db);
          throw new StoreBroken('the disk failed');
        }),
    };
    options.store = broken;
    expect(() => ask()).toThrow(StoreBroken);
    expect([logged.length, state()]).toEqual([1, 'usable']);
  });
});

describe('a void', () => {
  test('frees the right; the same question is over, another one gets it', () => {
    const { ask, granted, voids, state } = office();
    granted();
    expect(voids('req-1')).toBeNull();
    expect(state()).toBe('usable');
    expect(ask()).toEqual({ ok: false, code: 'right/not-usable' });
    expect(ask({ reqId: 'req-2' }).ok).toBe(true);
  });

  test('that overtakes its question is the final answer to it', () => {
    const { ask, voids, state } = office();
    expect(voids('req-1')).toBeNull();
    expect(ask()).toEqual({ ok: false, code: 'right/not-usable' });
    expect(state()).toBe('usable');
    expect(ask({ reqId: 'req-2' }).ok).toBe(true);
  });

  test('of another kiosk or epoch, with the same number, touches nothing', () => {
    const { granted, voids, state, ask } = office();
    granted();
    voids('req-1', { kiosk: 'K-2' });
    voids('req-1', { epoch: 2 });
    expect(state()).toBe('leased');
    expect(ask().ok).toBe(true);
    expect(ask({ kiosk: 'K-2' })).toEqual({ ok: false, code: 'right/not-usable' });
  });

  test('that comes twice, or after the right was granted anew, frees nothing', () => {
    const { granted, voids, state } = office();
    granted();
    voids('req-1');
    granted({ kiosk: 'K-2', reqId: 'req-2' });
    expect(voids('req-1')).toBeNull();
    expect(state()).toBe('leased');
  });
});

describe('entries move the right', () => {
  const dataOf = (move: RightMove, rightId: string, leaseId: string): [Entry['type'], object] => {
    if (move.startsWith('outcome:'))
      return ['print.outcome', { rightId, leaseId, outcome: move.slice(8) as PrintOutcome }];
    if (move === 'visit:data-disputed') return ['visit.ended', { rightId, outcome: 'data-disputed' }];
    return [move as Entry['type'], { rightId, leaseId, reqId: 'req-1', offer: 1 }];
  };

  const ofEntries = rightMoves.filter((move) => move !== 'epoch.closed' && !move.startsWith('decided:'));

  test.each(rightStates.flatMap((from) => ofEntries.map((move) => [from, move] as const)))(
    '%s x %s, as the contract has it or as an anomaly that changes nothing',
    (from, move) => {
      const { granted, store, say, state, right } = office();
      const { leaseId } = granted();
      const free = from === 'usable' || from === 'paused' || from === 'closed';
      const holder = free ? [from, null, null, null] : [from, 'K-1', 1, leaseId];
      store.write('set', (db) =>
        db.prepare('UPDATE print_right SET state = ?, kiosk = ?, epoch = ?, lease_id = ?').run(...holder),
      );
      const step = rightAfter(from, move);
      const [type, data] = dataOf(move, right.right_id, leaseId);
      const odd = say(type, data, {}, `${leaseId}/1`);
      // A void of what is not held any more, and a dispute of what is with a kiosk, leave it where it is.
      const elsewhere = (move === 'lease.voided' && free) || (move === 'visit:data-disputed' && from !== 'usable');
      const wanted: RightState = 'to' in step && !elsewhere ? step.to : from;
      expect(state()).toBe(wanted);
      if ('anomaly' in step && move !== 'lease.voided') expect(odd).not.toBeNull();
      if ('to' in step && !elsewhere) expect(odd).toBeNull();
    },
  );

  test('of a kiosk, an epoch or a lease that does not hold it change nothing and are shown to a person', () => {
    const { granted, say, state, right } = office();
    const { leaseId } = granted();
    const intended = { rightId: right.right_id, leaseId };
    expect(say('print.intended', intended, { kiosk: 'K-2' })).toMatch(/not with this kiosk/);
    expect(say('print.intended', intended, { epoch: 2 })).toMatch(/not with this kiosk/);
    expect(say('print.intended', { ...intended, leaseId: 'other' })).toMatch(/not with this kiosk/);
    expect(say('print.intended', { ...intended, rightId: 'nobody' })).toMatch(/no such right/);
    expect(say('lease.voided', { rightId: 'nobody', reqId: 'given-up' })).toBeNull(); // a restored office never heard of it
    expect(state()).toBe('leased');
  });

  test('a spoiled card leaves the lease live for one more; issued ends it, and the question with it', () => {
    const { granted, say, state, right, ask } = office();
    const { leaseId } = granted();
    const { right_id: rightId } = right;
    const attempt = (number: number, outcome: PrintOutcome) => {
      const subject = `${leaseId}/${number}`;
      say('print.intended', { rightId, leaseId }, {}, subject);
      say('print.inking', { rightId }, {}, subject);
      if (outcome === 'issued') say('print.presenting', { rightId, offer: 1 }, {}, subject);
      return say('print.outcome', { rightId, leaseId, outcome }, {}, subject);
    };
    expect([attempt(1, 'spoiled'), state(), ask().ok]).toEqual([null, 'leased', true]);
    expect([attempt(2, 'issued'), state()]).toEqual([null, 'issued']);
    expect(ask()).toEqual({ ok: false, code: 'right/not-usable' });
    expect(ask({ reqId: 'req-2' })).toMatchObject({ ok: false, code: 'right/already-issued' });
  });
});
