import { beforeEach, expect, test } from 'vitest';
import { centralMigrations } from '#central/central.ts';
import { land } from '#central/gateway/land.ts';
import { personOf } from '#central/gateway/records.ts';
import { dayAt } from '#kit/civil-date.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore, type Store } from '#kit/store.ts';
import { pickupNumber } from '#tools/population/citizen.ts';
import { countTry } from './pin-tries.ts';
import { unlockPin } from './unlock-pin.ts';

const nik = '1671024101990000';
const number = pickupNumber('400000000');
const lookupKey = new Uint8Array(32).fill(7);
const clock = manualClock();
let store: Store;
beforeEach(() => {
  store = openMemoryStore({ migrations: centralMigrations });
  const record = { nik, card: {}, status: 'PRINT_READY_RECORD', statusSince: '2026-11-01', class: 'FIRST' };
  const rest = { printableFrom: '2016-01-01', closedReason: null, collectPlace: null, collectBox: null, suket: null };
  const where = { issuedOn: null, issuedWhere: null, kecamatanCode: '16.71.02', cityCode: '16.71', fingers: 0 };
  const row = { ...record, ...rest, ...where, fingerRecords: [], rowHash: 'x' } as never;
  const pickup = { row: 2, nik, pickupCode: number, pin: '24680', expiresOn: '2027-01-01' };
  const dataset = { name: 'plg', version: '1', cutOff: '2026-11-20' };
  land({ dataset, rows: 1, records: [row], pickups: [pickup], refused: [], warnings: [] }, { store, clock, lookupKey });
  return () => store.close();
});

const unlocks = (reason: string) =>
  unlockPin(store, lookupKey, clock.wallMs(), { pickupNumber: number, operatorId: 'OP-DEWI', reason });
const tries = (fits: boolean) =>
  store.write('try', (db) => countTry(db, personOf(lookupKey, nik), dayAt(clock.wallMs()), fits)).verdict;
const kept = () => store.read((db) => db.prepare('SELECT who, kind, purpose FROM lookup').all());

test('a locked PIN is open again for today, and who asked and why is kept', () => {
  expect([tries(false), tries(false), tries(false), tries(true)]).toEqual(['wrong', 'wrong', 'locked', 'locked']);
  unlocks('family card seen');
  expect(tries(true)).toBe('right');
  expect(kept()).toEqual([{ who: 'OP-DEWI', kind: 'unlock-pin', purpose: 'family card seen' }]);
});

test('a NIK that is typed into the reason is not kept', () => {
  unlocks(`family card of ${nik}, and of 1671 0241 0199 0000`);
  expect(kept()).toEqual([{ who: 'OP-DEWI', kind: 'unlock-pin', purpose: 'family card of …, and of …' }]);
});

test('a reason that is only a number is none, and nothing is unlocked', () => {
  for (let once = 0; once < 3; once += 1) tries(false);
  for (const nothing of ['', '  no ', nik]) expect(() => unlocks(nothing)).toThrow('say why: --reason TEXT');
  expect(tries(true)).toBe('locked');
  expect(kept()).toEqual([]);
});
