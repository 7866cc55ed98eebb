import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RightState } from '#contract/uplink/rights.ts';
import { dayAt } from '#kit/civil-date.ts';
import { pick, seededRandom, whole } from '#kit/random.ts';
import { lossyWire } from '#tests/support/office.ts';
import { writeDemoDrop } from '#tools/population/population.ts';
import { openPrintingKiosk, type PrintingKiosk } from './printing-kiosk.ts';
import { kioskClock, officeDayMs, openTown, until } from './racer.ts';

const people = ['FIRST-01', 'FIRST-02', 'FIRST-03', 'FIRST-04'];
const dayMs = 86_400_000;

let drop: string;
beforeAll(async () => {
  drop = mkdtempSync(join(tmpdir(), 'anjungan-intents-'));
  await writeDemoDrop(drop, dayAt(officeDayMs));
});
afterAll(() => rmSync(drop, { recursive: true, force: true }));

/** Attempts that hold their right: those that go on, and those after which a card is out, kept, or nobody knows where. */
function attemptsThatHold(kiosks: readonly PrintingKiosk[]): Map<string, string[]> {
  const held = new Map<string, string[]>();
  for (const kiosk of kiosks)
    for (const { rightId, outcome } of kiosk.attempts())
      if (outcome !== 'unused' && outcome !== 'spoiled')
        held.set(rightId, [...(held.get(rightId) ?? []), `${kiosk.name}: ${outcome ?? 'open'}`]);
  return held;
}

function liveLeases(kiosks: readonly PrintingKiosk[]): Map<string, string[]> {
  const live = new Map<string, string[]>();
  for (const kiosk of kiosks)
    for (const rightId of kiosk.liveLeases()) live.set(rightId, [...(live.get(rightId) ?? []), kiosk.name]);
  return live;
}

const ends: Record<string, RightState> = { issued: 'issued', retained: 'held', 'in-doubt': 'in-doubt' };

test.for([1, 2, 3, 4, 5, 6, 7, 8])(
  'four kiosks, crashes, cuts and clock jumps: one intent per right unless it was given back, and every doubt is seen (seed %i)',
  { timeout: 120_000 },
  async (seed) => {
    const random = seededRandom(`intents-${seed}`);
    const clock = kioskClock();
    const wire = lossyWire(`intents-${seed}`, { lose: 0.15, repeat: 0.15, swap: 0.1 });
    await using office = await openTown(async () => wire, drop, `intents-${seed}`);
    const kiosks: PrintingKiosk[] = [];
    for (const name of ['K-1', 'K-2', 'K-3', 'K-4'])
      kiosks.push(await openPrintingKiosk({ office, wire, clock, random, name }));

    const promise = () => {
      for (const [rightId, holders] of attemptsThatHold(kiosks))
        expect([rightId, holders.length]).toEqual([rightId, 1]);
      for (const [rightId, names] of liveLeases(kiosks)) expect([rightId, names.length]).toEqual([rightId, 1]);
    };
    const happenings: (() => void | Promise<void>)[] = [
      ...Array.from({ length: 10 }, () => () => pick(random, kiosks).isVisitedBy(pick(random, people))),
      () => pick(random, kiosks).crashes(),
      () => pick(random, kiosks).crashes(),
      () => wire.broker.cut(pick(random, kiosks).name),
      () => kiosks.forEach(({ name }) => void wire.broker.mend(name)),
      () => kiosks.forEach(({ name }) => void wire.broker.mend(name)),
      () => clock.jumpWall((whole(random, 3) - 1) * dayMs),
      () => office.restart(),
    ];
    for (let step = 0; step < 250; step += 1) {
      await pick(random, happenings)();
      await clock.advance(100 + whole(random, 1_500));
      promise();
    }

    // At last the line is good, everybody starts once more, and all is told.
    Object.assign(wire.broker.faults, { lose: 0, repeat: 0, swap: 0 });
    for (const kiosk of kiosks) {
      wire.broker.mend(kiosk.name);
      await kiosk.crashes();
    }
    await until(clock, () => kiosks.every((kiosk) => kiosk.isReported()));
    promise();
    const rows = office.store.read((db) => db.prepare('SELECT right_id, state FROM print_right').all());
    const held = attemptsThatHold(kiosks);
    expect(held.size).toBeGreaterThan(0);
    for (const { right_id: rightId, state } of rows as { right_id: string; state: RightState }[]) {
      const outcome = held.get(rightId)?.[0]?.split(': ')[1];
      expect([rightId, state]).toEqual([rightId, outcome ? ends[outcome] : 'usable']);
    }
  },
);
