import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { centralMigrations, openCentral } from '#central/central.ts';
import { rightOf } from '#central/rights/follow.ts';
import { silentLog } from '#kit/log.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { memoryBroker } from '#kit/memory-broker.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { openMemoryStore } from '#kit/store.ts';
import { backUp } from './back-up.ts';
import { restoreOffice } from './restore.ts';
import { databaseName } from './term.ts';
import { openTestPlace, type TestKiosk } from './test-place.ts';

type Place = ReturnType<typeof openTestPlace> & { a: TestKiosk; b: TestKiosk; before: string };

/** Two kiosks, and an office whose database comes back without what `happens` wrote into it; the log has it. */
function forgets(happens: (place: Place) => void): Place {
  const place = openTestPlace();
  const [a, b] = [place.registers('SU1-A'), place.registers('SU1-B')];
  const before = join(place.folder, 'a-moment-ago.db');
  backUp(place.life().store, before);
  happens({ ...place, a, b, before });
  place.closes();
  copyFileSync(before, join(place.folder, databaseName));
  return { ...place, a, b, before };
}

test('an office that opens takes in what its log alone knows', async () => {
  const store = openMemoryStore({ migrations: centralMigrations });
  const [sealing, signing] = [await joseSealer.newSealingKey(), await joseSealer.newSigningKey()];
  const random = seededRandom('surplus');
  const claims = {
    ...{ v: 1 as const, rightId: 'right-1', leaseId: 'lease-1', kiosk: 'SU1-A', epoch: 1, reqId: 'req-1', nonce: 'n' },
    ...{ class: 'FIRST', policy: '2026-11', rule: 'r', mode: 'online' as const, grantedMs: 1, expiresMs: 2 },
    sealedSha256: 'x'.repeat(43),
  };
  const line = { n: 1, term: 1, what: 'grant' as const, person: 'amin', generation: 1, claims };
  const opens = () =>
    openCentral({
      ...{
        store,
        clock: manualClock(),
        random,
        sealer: joseSealer,
        log: silentLog,
        term: 1,
        lookupKey: random.bytes(32),
      },
      carrier: memoryBroker({ random }).connect('central'),
      grantsLog: { append() {}, close() {}, surplus: [line] },
      keys: { sealing: sealing.privateKey, signing: signing.privateKey },
    });
  for (const _ of ['once', 'again']) opens();
  const leases = store.read((db) => db.prepare('SELECT lease_id, state FROM lease').all());
  expect(leases).toEqual([{ lease_id: 'lease-1', state: 'live' }]);
  expect(store.read((db) => rightOf(db, 'right-1'))).toMatchObject({ state: 'leased', person: 'amin', kiosk: 'SU1-A' });
});

describe('a database that is one line older than its log', () => {
  test('knows that grant from the start: nobody else gets the right, and what its kiosk tells moves it', () => {
    const { a, b, asks, rightOf, liveLeases, replays } = forgets((place) =>
      place.issues(place.b, place.receives(place.b, 'amin')),
    );
    expect(asks(a, 'amin')).toMatchObject({ code: 'right/at-other-kiosk' });
    expect(rightOf('amin')).toMatchObject({ state: 'leased', kiosk: 'SU1-B', epoch: 1 });
    expect(liveLeases()).toHaveLength(1);
    replays(b);
    expect(rightOf('amin')?.state).toBe('issued');
  });

  test('gives the same question the same lease, and frees the right by its void', () => {
    let before: unknown;
    const { a, b, asks, writes, replays, rightOf } = forgets((place) => {
      before = place.asks(place.b, 'amin', 'req-x');
    });
    expect(asks(b, 'amin', 'req-x')).toEqual(before);
    writes(b, 'lease.voided', { reqId: 'req-x', rightId: rightOf('amin')?.right_id, reason: 'identify/cancelled' });
    replays(b);
    expect(rightOf('amin')?.state).toBe('usable');
    expect(asks(a, 'amin').ok).toBe(true);
  });

  test('gives the next line the next number, so that no restore finds two lines for one', () => {
    const { b, asks, life, closes, grantsLogPath } = forgets((place) => place.receives(place.b, 'amin'));
    asks(b, 'dewi');
    closes();
    life();
    expect(asks(b, 'amin')).toMatchObject({ code: 'right/not-usable' });
    const numbers = [...readFileSync(grantsLogPath, 'utf8').matchAll(/"n":(\d+)/g)].map(([, n]) => Number(n));
    expect(numbers).toEqual([0, 1, 2, 3, 4]);
  });

  test('knows that an epoch was closed', () => {
    const { b, asks, anomalies } = forgets((place) => place.closesEpoch(place.b));
    expect(asks(b, 'amin')).toMatchObject({ code: 'right/epoch-closed' });
    expect(anomalies()).toEqual([expect.stringContaining('open-epoch again')]);
  });

  test('is not opened where that line is of a newer term: it is from before a restore', () => {
    const { folder, life } = forgets(({ closes, folder, before: backup, grantsLogPath, clock, receives, b }) => {
      closes();
      restoreOffice({ folder, backup, grantsLogPath, clock, by: ['op-1', 'op-2'], reason: 'the disk died' });
      receives(b, 'amin');
    });
    rmSync(join(folder, 'term.json')); // the whole folder is as it was
    expect(life).toThrow('central restore');
  });
});
