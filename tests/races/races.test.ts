import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGrantsLog } from '#central/rights/grants-log.ts';
import { dayAt } from '#kit/civil-date.ts';
import { seededRandom, whole } from '#kit/random.ts';
import type { Store } from '#kit/store.ts';
import { lossyWire, mqttWire, type Office, type Wire } from '#tests/support/office.ts';
import { writeDemoDrop } from '#tools/population/population.ts';
import { type Known, kioskClock, losingReplies, officeDayMs, openRacer, openTown, passing, until } from './racer.ts';

const kiosks = 50;

let drop: string;
beforeAll(async () => {
  drop = mkdtempSync(join(tmpdir(), 'anjungan-races-'));
  await writeDemoDrop(drop, dayAt(officeDayMs));
});
afterAll(() => rmSync(drop, { recursive: true, force: true }));

const count = (store: Store, sql: string) => store.read((db) => (db.prepare(sql).get() as { n: number }).n);
const liveAtCentral = ({ store }: Office) => count(store, "SELECT count(*) AS n FROM lease WHERE state = 'live'");
const rightAtCentral = ({ store }: Office) =>
  store.read((db) => db.prepare('SELECT state, kiosk FROM print_right').get()) as { state: string; kiosk: string };

/** Fifty kiosks, before each of which the same person stands; then one race after the other, each won by exactly one. */
async function races(wire: (store: Store) => Promise<Wire>, seed: string, rounds: number, lostShare: number) {
  const random = seededRandom(seed);
  const clock = kioskClock();
  await using office = await openTown(wire, drop, seed);
  await using racers = new AsyncDisposableStack();
  const field = [];
  for (let index = 0; index < kiosks; index += 1) {
    const { enrolment, password } = await office.register(`RACE-${index}`);
    const carrier = losingReplies(office.wire.kiosk(enrolment, password), random, lostShare);
    field.push(racers.use(await openRacer({ office, enrolment, carrier, clock, random })));
  }
  const known = new Map<string, Known>();
  const recognised = field.map(async (racer) => known.set(racer.name, await racer.identifies('FIRST-01')));
  await passing(clock, Promise.all(recognised));

  for (let round = 0; round < rounds; round += 1) {
    const asking = Promise.all(
      field.map(async (racer) => ({ racer, lease: await racer.asksFor(known.get(racer.name) as Known) })),
    );
    if (round % 3 === 1) {
      for (let step = whole(random, 4); step > 0; step -= 1) await clock.advance(100);
      await office.restart(); // some were answered, some were not, some never will be by this life
    }
    const won = (await passing(clock, asking)).filter(({ lease }) => lease !== null);
    expect(won.map(({ racer }) => racer.name)).toHaveLength(1);
    const [{ racer, lease }] = won as [(typeof won)[number]];
    expect(liveAtCentral(office)).toBe(1);
    expect(rightAtCentral(office)).toEqual({ state: 'leased', kiosk: racer.name });
    const held = field.map(({ store }) => count(store, "SELECT count(*) AS n FROM lease WHERE state = 'live'"));
    expect(held.reduce((sum, one) => sum + one, 0)).toBe(1);
    if (lease) racer.voids(lease);
    await until(clock, () => rightAtCentral(office).state === 'usable');
    expect(liveAtCentral(office)).toBe(0);
  }
  // Every lease that was ever granted stands on the second medium, once.
  const logged = readGrantsLog(office.grantsLogPath).lines.filter(({ what }) => what === 'grant');
  expect(logged).toHaveLength(count(office.store, 'SELECT count(*) AS n FROM lease'));
  expect(readFileSync(office.grantsLogPath, 'utf8')).not.toMatch(/\b\d{16}\b/);
}

test.for(['a', 'b', 'c', 'd'])(
  'five times in a row, over a wire that loses, repeats and swaps: exactly one lease (seed %s)',
  { timeout: 120_000 },
  async (seed) => {
    await races(async () => lossyWire(seed, { lose: 0.2, repeat: 0.2, swap: 0.15 }), `memory-${seed}`, 5, 0.3);
  },
);

test.for(['e', 'f'])(
  'ten times in a row, over real MQTT with replies lost: exactly one lease (seed %s)',
  { timeout: 120_000 },
  async (seed) => {
    await races(mqttWire, `mqtt-${seed}`, 10, 0.4);
  },
);
