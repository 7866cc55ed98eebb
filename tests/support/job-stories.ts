import { afterEach, expect } from 'vitest';
import type { NewWorld } from '#cabinet/world/plain.ts';
import type { HeldCard } from '#controller/jobs/job.ts';
import type { Misbehaviour } from '#drivers/card-printer/evolis/simulator/misbehaviour.ts';
import { type JobBench, openJobBench, placesOf } from './job-bench.ts';

/** What the stories about jobs have in common, for one file of them: each begins at a cabinet of its own. */
export function jobStories() {
  let bench: JobBench;
  afterEach(() => bench[Symbol.asyncDispose]());

  /** A cabinet whose past is cleared, and one life of jobs at it. */
  async function ready(cards = 3, begin: NewWorld = {}) {
    bench = await openJobBench(cards, begin);
    const life = await bench.begins();
    await life.recovers();
    bench.told.length = 0;
    const { world, simulators } = bench.cabinet;
    const misbehaves = (...faults: Misbehaviour[]) => simulators['card-printer'].misbehave(...faults);
    return { life, world, misbehaves };
  }

  async function withHeldCard(cards = 3, begin: NewWorld = {}) {
    const place = await ready(cards, begin);
    const held = await place.life.prints(await place.life.lease('rani'));
    if (held.at !== 'held-inside') throw new Error(JSON.stringify(held));
    return { ...place, held: held as HeldCard };
  }

  /** A person takes the card as soon as they see it. */
  function takesTheCard() {
    void bench.clock.sleep(400).then(() => bench.cabinet.world.takeCard());
  }

  /** A technician opens the cover and takes what is there. */
  function takesFromInside() {
    bench.cabinet.world.openCover('technician');
    bench.cabinet.world.takeCardFromInside('technician');
    bench.cabinet.world.closeCover('technician');
  }

  return {
    get bench() {
      return bench;
    },
    ...{ ready, withHeldCard, takesTheCard, takesFromInside },
    everythingIsInOrder: () => everythingIsInOrder(bench),
  };
}

/** Each act comes after the entry that announces it, and the books say what a person would find. */
function everythingIsInOrder(bench: JobBench) {
  const { told } = bench;
  const first = (what: RegExp) => told.findIndex((line) => what.test(line));
  const after = (act: RegExp, entry: string) => {
    if (first(act) < 0) return;
    const announced = told.indexOf(`write ${entry}`);
    expect(announced, `${entry} before ${act}`).toBeGreaterThanOrEqual(0);
    expect(announced, `${entry} before ${act}`).toBeLessThan(first(act));
  };
  after(/card fed/, 'print.intended');
  after(/panel . printed/, 'print.inking');
  after(/shutter opened|card presented/, 'print.presenting');
  booksFitTheWorld(bench);
}

function booksFitTheWorld({ cabinet, accounts }: JobBench) {
  const { hopper = 0, issued = 0, spoiled = 0, retained = 0, ...others } = accounts();
  const { 'in-process': inProcess = 0, 'in-doubt': inDoubt = 0, unexplained = 0, 'kecamatan-safe': safe = 0 } = others;
  expect(hopper + issued + spoiled + retained + inProcess + inDoubt + unexplained + safe).toBe(0);
  const found = placesOf(cabinet.world.now);
  // What is in doubt may be anywhere; everything else lies where its account says.
  const sure = { hopper, box: spoiled + retained, hand: issued, printer: inProcess };
  for (const place of ['hopper', 'box', 'hand', 'printer'] as const)
    expect(found[place] - sure[place], `${place} beside the books`).toBeGreaterThanOrEqual(0);
  const beside =
    found.hopper + found.box + found.hand + found.printer - (hopper + spoiled + retained + issued + inProcess);
  expect(beside).toBe(inDoubt);
}
