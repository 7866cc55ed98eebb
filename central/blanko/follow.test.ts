import { expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import type { Entry } from '#contract/uplink/entries.ts';
import { openMemoryStore } from '#kit/store.ts';
import { balance, followStock } from './follow.ts';

const at = { wallMs: 1, boot: 'b', upMs: 1 };

function office() {
  const store = openMemoryStore({ migrations: centralMigrations });
  const hears = (entry: object, kiosk = 'SU1-A') =>
    store.write('entry', (db) => followStock(db, { kiosk, epoch: 1, seq: 1 }, { at, ...entry } as Entry));
  const moved = (from: string, to: string, count = 1, kiosk = 'SU1-A') =>
    hears({ type: 'blanko.moved', data: { from, to, count, evidence: 'BA-1' } }, kiosk);
  const holds = (account: string, kiosk = 'SU1-A') => store.read((db) => balance(db, kiosk, account));
  return { hears, moved, holds };
}

test('each kiosk has its own accounts, and what it moved is booked once per entry', () => {
  const { moved, holds } = office();
  expect(moved('kecamatan-safe', 'hopper', 50)).toBeNull();
  expect(moved('hopper', 'in-process')).toBeNull();
  expect(moved('in-process', 'issued')).toBeNull();
  expect(moved('kecamatan-safe', 'hopper', 5, 'SU1-B')).toBeNull();
  expect(['kecamatan-safe', 'hopper', 'in-process', 'issued'].map((account) => holds(account))).toEqual([
    -50, 49, 0, 1,
  ]);
  expect(holds('hopper', 'SU1-B')).toBe(5);
});

test('an account that would owe cards is shown to a person and booked all the same: the sum never lies', () => {
  const { moved, holds } = office();
  expect(moved('hopper', 'in-process')).toMatch(/hopper would hold -1/);
  expect([holds('hopper'), holds('in-process')]).toEqual([-1, 1]);
  expect(moved('unexplained', 'spoiled')).toBeNull();
});

test('other entries move no card', () => {
  const { hears, holds } = office();
  expect(hears({ type: 'device.changed', data: { device: 'camera', state: 'ready', code: null } })).toBeNull();
  expect(holds('hopper')).toBe(0);
});
