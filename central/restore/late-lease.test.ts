import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backUp } from './back-up.ts';
import { restoreOffice } from './restore.ts';
import { openTestPlace } from './test-place.ts';

/** Two kiosks. After the backup B was granted Amin's right; then the office and its log are lost, and B is not heard. */
function restoredUnheard() {
  const place = openTestPlace();
  const [a, b] = [place.registers('SU1-A'), place.registers('SU1-B')];
  const backup = join(place.folder, 'yesterday.db');
  backUp(place.life().store, backup);
  const amin = place.receives(b, 'amin');
  place.closes();
  rmSync(place.grantsLogPath);
  const { folder, grantsLogPath, clock } = place;
  const order = { folder, backup, grantsLogPath, clock, logLost: true, by: ['op-1', 'op-2'] };
  restoreOffice({ ...order, reason: 'both disks died' });
  place.lists(a);
  return { ...place, a, b, amin };
}

/** Staff end B, and the next one who asks ends the restore. */
function restoredWithout() {
  const place = restoredUnheard();
  place.closesEpoch(place.b);
  expect(place.asks(place.a, 'tono').ok).toBe(true);
  return place;
}

describe('a kiosk that was closed unheard comes back after the restore', () => {
  test('and the card that it gave out is known: nobody gets another one', () => {
    const { a, b, amin, issues, replays, rightOf, asks, anomalies } = restoredWithout();
    issues(b, amin);
    replays(b);
    expect(rightOf('amin')).toMatchObject({ state: 'issued', kiosk: 'SU1-B', lease_id: amin.leaseId });
    expect(asks(a, 'amin')).toMatchObject({ code: 'right/already-issued' });
    expect(anomalies()).toEqual([]);
  });

  test('from its first word on the right is fenced, and each fact moves it, however often it is told', () => {
    const { a, b, amin, prints, replays, rightOf, asks, liveLeases, anomalies } = restoredWithout();
    prints(b, amin);
    replays(b, 1);
    expect(rightOf('amin')).toMatchObject({ state: 'fenced', kiosk: 'SU1-B', epoch: 1, lease_id: amin.leaseId });
    expect(asks(a, 'amin')).toMatchObject({ code: 'right/in-doubt' });
    for (const _ of ['once', 'twice']) replays(b);
    expect(rightOf('amin')?.state).toBe('fenced-inked');
    expect(liveLeases().filter((lease) => (lease as { kiosk: string }).kiosk === 'SU1-B')).toHaveLength(1);
    expect(anomalies()).toEqual([]);
  });

  test('what it gave back unused is free again', () => {
    const { a, b, amin, voids, replays, asks, anomalies } = restoredWithout();
    voids(b, amin);
    replays(b);
    expect(asks(a, 'amin').ok).toBe(true);
    expect(anomalies()).toEqual([]);
  });

  test('a right that is with another kiosk by then stays there, and a person is told', () => {
    const { a, b, amin, receives, issues, replays, rightOf, anomalies } = restoredWithout();
    const second = receives(a, 'amin');
    issues(b, amin);
    replays(b);
    expect(rightOf('amin')).toMatchObject({ state: 'leased', kiosk: 'SU1-A', lease_id: second.leaseId });
    expect(anomalies()[0]).toBe('lease.received: no such lease, and its right is leased at SU1-A');
    replays(a);
    expect(rightOf('amin')).toMatchObject({ state: 'leased', lease_id: second.leaseId });
  });

  test('so does one that is over', () => {
    const { a, b, receives, issues, replays, rightOf, anomalies } = restoredWithout();
    issues(a, receives(a, 'amin'));
    replays(a);
    replays(b);
    expect(rightOf('amin')).toMatchObject({ state: 'issued', kiosk: 'SU1-A' });
    expect(anomalies()).toEqual(['lease.received: no such lease, and its right is issued at SU1-A']);
  });

  test('while the restore waits nothing is taken: half a journal does not tell who held a right last', () => {
    const { b, replays, rightOf, closesEpoch, asks, a } = restoredUnheard();
    replays(b);
    expect(rightOf('amin')).toBeNull();
    closesEpoch(b);
    expect(asks(a, 'amin')).toMatchObject({ code: 'right/in-doubt' });
  });
});

test('a lease that no restore explains is taken too, and shown to a person', () => {
  const place = openTestPlace();
  const kiosk = place.registers('SU1-A');
  const amin = place.receives(kiosk, 'amin');
  place.life().store.write('lost', (db) => {
    db.prepare("UPDATE print_right SET state = 'usable', kiosk = NULL, epoch = NULL, lease_id = NULL").run();
    db.prepare('DELETE FROM lease').run();
  });
  place.replays(kiosk);
  expect(place.rightOf('amin')).toMatchObject({ state: 'leased', kiosk: 'SU1-A', lease_id: amin.leaseId });
  expect(place.anomalies()).toEqual(['lease.received: no such lease']);
});

test('a right that was paused meanwhile is taken, and a person is told that its holder had said no', () => {
  const place = openTestPlace();
  const kiosk = place.registers('SU1-A');
  place.receives(kiosk, 'amin');
  place.life().store.write('lost', (db) => {
    db.prepare("UPDATE print_right SET state = 'paused', kiosk = NULL, epoch = NULL, lease_id = NULL").run();
    db.prepare('DELETE FROM lease').run();
  });
  place.replays(kiosk);
  expect(place.rightOf('amin')).toMatchObject({ state: 'leased', kiosk: 'SU1-A' });
  expect(place.anomalies()).toEqual([expect.stringContaining('paused')]);
});
