import {
  device,
  endedAs,
  type Fact,
  loaded,
  presented,
  printedUpTo,
  type TestOffice,
  visitEnded,
} from '#central/fleet/test-office.ts';
import { visitNumber } from '#contract/uplink/codes.ts';
import type { Message } from '#contract/uplink/messages.ts';

const second = 1_000;
const minute = 60 * second;
const gibibyte = 2 ** 30;
const fine = { state: 'ready' as const, code: null };
const allFine = { 'card-printer': fine, 'receipt-printer': fine, camera: fine, panel: fine };
const trouble = (code: string) => ({ state: 'trouble' as const, code });

/** 20 November 2026, 06:30 WIB: when this morning begins. */
export const dawn = 1_795_131_000_000;
/** A visit of it that ended with a card. */
export const printedVisit = visitNumber('SU1', 9);

/** One ordinary morning of six kiosks, told through the real intake: what a page of the office is tried with. */
export async function tellMorning(office: TestOffice): Promise<void> {
  const sites = ['Seberang Ulu I', 'Kalidoni', 'Ilir Timur II', 'Sako', 'Plaju', 'Gandus'];
  const kiosks = ['SU1-A', 'KLD-A', 'IT2-A', 'SKO-A', 'PLJ-A', 'GDS-A'];
  for (const [index, kiosk] of kiosks.entries()) await office.registers(kiosk, sites[index]);
  for (const kiosk of kiosks.slice(0, 5)) {
    office.tells(kiosk, { type: 'kiosk.started', data: { software: '0.1.0', cleanStop: true, openAttempts: 0 } });
    office.tells(kiosk, loaded(kiosk === 'SKO-A' ? 4 : 60, `BA-${kiosk}-0007`), duty(kiosk));
  }
  office.says('PLJ-A', {
    service: { mode: 'full', reason: null },
    devices: allFine,
    blanko: { hopper: 60 },
    software: '0.1.0',
  });
  await office.clock.advance(30 * minute);
  for (let n = 1; n <= 9; n += 1) await issues(office, 'SU1-A', n);
  for (let n = 1; n <= 4; n += 1) await issues(office, 'KLD-A', n);
  for (let n = 1; n <= 4; n += 1) await issues(office, 'SKO-A', n);
  await spoilsOne(office, 'KLD-A', 5);
  await doubts(office, 'IT2-A', 1);
  for (const [n, outcome, code] of unserved) office.tells('SU1-A', visitEnded(visitNumber('SU1', n), outcome, code));
  office.tells('KLD-A', device('receipt-printer', 'trouble', 'receipt-printer/paper-out'));
  office.tells('SKO-A', device('card-printer', 'trouble', 'card-printer/feeder-empty'));
  office.tellsText('IT2-A', '{"type":"print.inking","data":{}}');
  await office.clock.advance(12 * minute);
  for (const [kiosk, state] of Object.entries(snapshots)) office.says(kiosk, state);
  office.says('PLJ-A', { online: false, service: { mode: 'full', reason: null }, devices: allFine, software: '0.1.0' });
  await office.clock.advance(40 * second);
}

const duty = (kiosk: string): Fact => ({
  type: 'duty.opened',
  data: { operatorId: `op-${kiosk}`, certificateId: 'c-1' },
});

const unserved = [
  [10, 'not-yet', 'record/at-centre'],
  [11, 'not-yet', 'record/at-centre'],
  [12, 'referred', 'class/lost'],
  [13, 'abandoned', null],
] as const;

const snapshots: Record<string, Partial<Message<'state'>>> = {
  'SU1-A': {
    service: { mode: 'full', reason: null },
    devices: allFine,
    ribbonPrintsLeft: 214,
    software: '0.1.0',
    blanko: { hopper: 51, issued: 9, 'kecamatan-safe': -60 },
    disk: { usedBytes: 3.5 * gibibyte, budgetBytes: 4 * gibibyte, freeBytes: 11 * gibibyte },
    term: 2,
  },
  'KLD-A': {
    service: { mode: 'full', reason: null },
    devices: { ...allFine, 'receipt-printer': trouble('receipt-printer/paper-out') },
    ribbonPrintsLeft: 88,
    software: '0.1.0',
    officerCalled: true,
  },
  'IT2-A': {
    service: { mode: 'closed', reason: 'card-printer/outcome-unknown' },
    devices: { ...allFine, 'card-printer': trouble('card-printer/outcome-unknown') },
    ribbonPrintsLeft: 131,
    software: '0.1.0',
    head: { seq: 31, hash: 'x'.repeat(43) },
  },
  'SKO-A': {
    service: { mode: 'status-only', reason: 'card-printer/feeder-empty' },
    devices: { ...allFine, 'card-printer': trouble('card-printer/feeder-empty') },
    ribbonPrintsLeft: 301,
    software: '0.1.0',
    disk: { usedBytes: 0.4 * gibibyte, budgetBytes: 4 * gibibyte, freeBytes: 21 * gibibyte },
  },
};

/** One card from the lease to the hand, with the time that it takes. */
async function issues(office: TestOffice, kiosk: string, n: number): Promise<void> {
  const lease = office.grants(kiosk, `${kiosk} ${n}`);
  const visitNo = visitNumber(kiosk.split('-')[0] ?? kiosk, n);
  for (const fact of printedUpTo(lease, visitNo)) {
    office.tells(kiosk, fact);
    await office.clock.advance(fact.type === 'print.inking' ? 31 * second : 2 * second);
  }
  office.tells(kiosk, presented(lease, visitNo));
  await office.clock.advance(9 * second);
  office.tells(kiosk, ...endedAs(lease, visitNo, 'issued'));
  await office.clock.advance(4 * second);
  office.tells(
    kiosk,
    { type: 'receipt.printed', visitNo, data: { paper: 'receipt', reprint: false } },
    visitEnded(visitNo, 'issued', null, lease.rightId),
  );
  await office.clock.advance(20 * second);
}

async function spoilsOne(office: TestOffice, kiosk: string, n: number): Promise<void> {
  const lease = office.grants(kiosk, `${kiosk} ${n}`);
  const visitNo = visitNumber(kiosk.split('-')[0] ?? kiosk, n);
  office.tells(kiosk, ...printedUpTo(lease, visitNo));
  await office.clock.advance(40 * second);
  office.tells(kiosk, ...endedAs(lease, visitNo, 'spoiled'), ...printedUpTo(lease, visitNo, 2));
  await office.clock.advance(45 * second);
  office.tells(
    kiosk,
    presented(lease, visitNo, 2),
    ...endedAs(lease, visitNo, 'issued', 2),
    visitEnded(visitNo, 'issued', null, lease.rightId),
  );
}

async function doubts(office: TestOffice, kiosk: string, n: number): Promise<void> {
  const lease = office.grants(kiosk, `${kiosk} ${n}`);
  const visitNo = visitNumber('IT2', n);
  office.tells(kiosk, ...printedUpTo(lease, visitNo));
  await office.clock.advance(20 * second);
  office.tells(
    kiosk,
    ...endedAs(lease, visitNo, 'in-doubt'),
    device('card-printer', 'trouble', 'card-printer/outcome-unknown'),
    visitEnded(visitNo, 'in-doubt', 'card-printer/outcome-unknown', lease.rightId),
  );
}
