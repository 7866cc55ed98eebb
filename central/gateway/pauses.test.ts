import { beforeEach, describe, expect, test } from 'vitest';
import { actionsNow } from '#central/fleet/actions.ts';
import { openTestOffice, type TestOffice, visitEnded } from '#central/fleet/test-office.ts';
import { rightOf } from '#central/rights/follow.ts';
import type { DeliveredRecord } from './gateway.ts';
import { land } from './land.ts';
import { endPause, pausedRights } from './pauses.ts';
import { personOf } from './records.ts';

const kiosk = 'SU1-A';
const hour = 3_600_000;
const nik = '1671024101990000';
const act = { by: ['OP-DEWI', 'OP-BUDI'] as const, reason: 'the registry says that the record is right' };
let office: TestOffice;
beforeEach(async () => {
  office = openTestOffice();
  await office.registers(kiosk);
  office.tells(kiosk, {
    type: 'blanko.moved',
    data: { from: 'kecamatan-safe', to: 'hopper', count: 9, evidence: 'BA-1' },
  });
  return () => office[Symbol.dispose]();
});

/** The registry's file as it stands on that day. */
function delivers(version: string, address: string) {
  const record = { nik, card: { address }, status: 'PRINT_READY_RECORD', statusSince: '2026-11-01', class: 'FIRST' };
  const rest = { printableFrom: '2016-01-01', closedReason: null, collectPlace: null, collectBox: null, suket: null };
  const where = { issuedOn: null, issuedWhere: null, kecamatanCode: '16.71.02', cityCode: '16.71', fingers: 0 };
  const row = { ...record, ...rest, ...where, fingerRecords: [], rowHash: address } as unknown as DeliveredRecord;
  const dataset = { name: 'plg', version, cutOff: '2026-11-20' };
  return land({ dataset, rows: 1, records: [row], pickups: [], refused: [], warnings: [] }, office);
}

const state = (rightId: string) => office.store.read((db) => rightOf(db, rightId)?.state);
const ends = (rightId: string, given = act) =>
  office.store.write('end', (db) => endPause(db, office.clock.wallMs(), rightId, given));
const lines = () => office.store.read((db) => actionsNow(db, [], office.clock.wallMs()));

/** "Data wrong" at a kiosk without a line to the office: its words arrive after the registry's correction has landed. */
function correctedBeforeItWasTold(): string {
  delivers('1', 'JL. LAMA NO. 1');
  const { leaseId, rightId, reqId } = office.grants(kiosk, personOf(office.lookupKey, nik));
  delivers('2', 'JL. BARU NO. 1');
  office.tells(
    kiosk,
    { type: 'lease.voided', data: { leaseId, rightId, reqId, reason: 'record/data-disputed' } },
    visitEnded('SU1-0001-1', 'data-disputed', 'record/data-disputed', rightId),
  );
  return rightId;
}

describe('a pause that the registry had answered before it began', () => {
  test('is ended by no delivery that brings nothing new, and by two people of the office', () => {
    const rightId = correctedBeforeItWasTold();
    expect(delivers('3', 'JL. BARU NO. 1').unchanged).toBe(1);
    expect(state(rightId)).toBe('paused');
    expect(ends(rightId)).toEqual({ state: 'usable' });
    expect(state(rightId)).toBe('usable');
    expect(office.grants(kiosk, personOf(office.lookupKey, nik)).rightId).toBe(rightId);
  });

  test('is written down with both names and the reason', () => {
    const rightId = correctedBeforeItWasTold();
    ends(rightId);
    const rows = office.store.read((db) => db.prepare("SELECT * FROM lookup WHERE kind = 'end-pause'").all());
    const kept = { purpose: `right ${rightId}: ${act.reason}`, at_ms: office.clock.wallMs() };
    expect(rows).toMatchObject([
      { who: 'OP-DEWI', ...kept },
      { who: 'OP-BUDI', ...kept },
    ]);
  });

  test('is listed with its visit and the delivery that the record comes from, and without a person', () => {
    const rightId = correctedBeforeItWasTold();
    const list = office.store.read(pausedRights);
    const sinceMs = office.clock.wallMs();
    expect(list).toEqual([{ rightId, sinceMs, visitNo: 'SU1-0001-1', dataset: 'plg 2' }]);
    expect(JSON.stringify(list)).not.toContain(nik);
    ends(rightId);
    expect(office.store.read(pausedRights)).toEqual([]);
  });

  test('is on the work list after 72 hours, with its age, until it is ended', async () => {
    const rightId = correctedBeforeItWasTold();
    const since = office.clock.wallMs();
    await office.clock.advance(72 * hour - 1);
    expect(lines()).toEqual([]);
    await office.clock.advance(1);
    expect(lines()).toMatchObject([
      { what: 'paused', kiosk: null, code: 'record/data-disputed', owner: 'central', count: 1, sinceMs: since },
    ]);
    expect(lines()[0]?.dueMs).toBe(since + 72 * hour);
    ends(rightId);
    expect(lines()).toEqual([]);
  });
});

describe('there is no pause to end', () => {
  test.each(['usable', 'leased', 'in-doubt', 'held', 'fenced', 'fenced-inked', 'lost', 'issued', 'closed'])(
    'where the right is %s: nothing is changed and nothing written down',
    (other) => {
      const { rightId } = office.grants(kiosk, 'rani');
      office.store.write('set', (db) => db.prepare('UPDATE print_right SET state = ?').run(other));
      expect(() => ends(rightId)).toThrow(`right ${rightId} is ${other}: there is no pause to end`);
      expect(state(rightId)).toBe(other);
      expect(office.store.read((db) => db.prepare('SELECT * FROM lookup').all())).toEqual([]);
    },
  );

  test('or where there is no right', () => expect(() => ends('nothing')).toThrow('there is no right nothing'));
});
