import { expect, test } from 'vitest';
import { type AimName, aims, aimText, verdictOn } from './aims.ts';
import { asJson, asText, type Report, rounded } from './report.ts';
import { median, medianByName, quantile } from './stats.ts';
import { scanTrace } from './syncs.ts';

test('the median of an even number of runs lies between the two in the middle, whatever their order', () => {
  expect(median([9, 1, 3, 5])).toBe(4);
  expect(quantile([40, 10, 20, 30], 0.95)).toBeCloseTo(38.5);
  expect(() => median([])).toThrow('nothing was measured');
});

test('a phase that one run did not have counts as nothing there', () => {
  expect(medianByName([{ review: 3, receipt: 10 }, { review: 5 }])).toEqual({ review: 4, receipt: 5 });
});

test('a figure at its aim is ok, above it is short, and both reports say so', () => {
  expect([verdictOn('pickup', 300), verdictOn('pickup', 300.1)]).toEqual(['ok', 'short']);
  const report = reportOf(412);
  expect(asText(report)).toMatch(/first pickup +412 ms +<= 300 ms +short +3/);
  expect(asText(report)).toContain('load 0.5 0.4 0.3 before');
  expect(JSON.parse(asJson(report)).figures[0].measures[0]).toMatchObject({
    value: 412,
    wanted: '<= 300 ms',
    verdict: 'short',
  });
});

test('a figure that could not be measured is named, with its reason', () => {
  expect(asText(reportOf(1))).toContain('start FAILED: no disk');
});

test('numbers keep three digits that mean something', () => {
  expect([rounded(0.12345), rounded(12.345), rounded(1234.5), rounded(14)]).toEqual(['0.12', '12.3', '1235', '14']);
});

test('a sync that strace cut in two lines counts once, and other lines do not count', () => {
  const trace = [
    '4711 1790000000.100000 fdatasync(20</var/journal-1.db-wal>) = 0',
    '4712 1790000000.200000 fsync(21</var/kiosk> <unfinished ...>',
    '4712 1790000000.300000 <... fsync resumed>) = 0',
    '4711 1790000000.400000 +++ exited with 0 +++',
  ];
  expect(scanTrace(trace.join('\n'))).toEqual([
    { wallMs: 1_790_000_000_100, what: 'fdatasync journal-1.db-wal' },
    { wallMs: 1_790_000_000_200, what: 'fsync kiosk' },
  ]);
});

test('every aim says what it is of, and in what unit it counts', () => {
  for (const [name, { what }] of Object.entries(aims))
    expect([what.length > 5, /^[<>]= \d/.test(aimText(name as AimName))]).toEqual([true, true]);
});

function reportOf(firstPickupMs: number): Report {
  const measure = { aim: 'pickup', what: 'first pickup', value: firstPickupMs, unit: 'ms', runs: 3 } as const;
  const machine = {
    cpu: 'A processor',
    cores: 2,
    memoryGb: 4,
    node: '24',
    loadBefore: [0.5, 0.4, 0.3],
    loadAfter: [1, 1, 1],
    diskSyncMs: 1,
  };
  const figures = [{ name: 'pickup', title: 'a pickup', measures: [measure], details: [], notes: [] }];
  return { machine, figures, failed: [{ name: 'start', reason: 'no disk' }] };
}
