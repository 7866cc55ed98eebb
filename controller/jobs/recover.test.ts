import { afterEach, describe, expect, test } from 'vitest';
import { StoreBroken } from '#kit/store.ts';
import { type DiskFault, type JobBench, type JobLife, openJobBench, placesOf } from '#tests/support/job-bench.ts';

let bench: JobBench | undefined;
afterEach(async () => {
  await bench?.[Symbol.asyncDispose]();
  bench = undefined;
});

type Story = 'taken' | 'left and kept' | 'jammed';

/** One whole story; the disk may fail under it at any write. */
async function plays(story: Story, fault?: DiskFault) {
  const place = await openJobBench();
  bench = place;
  const life = await place.begins(fault);
  await life.recovers();
  const ended = await tells(story, place, life).catch((error: unknown) =>
    error instanceof StoreBroken ? 'the disk failed' : Promise.reject(error),
  );
  if (fault) await life.ends();
  return { bench: place, life, ended };
}

async function tells(story: Story, { clock, cabinet }: JobBench, life: JobLife) {
  if (story === 'jammed') cabinet.simulators['card-printer'].misbehave({ fault: 'jam', atPanel: 3 });
  const held = await life.prints(await life.lease('rani'));
  if (held.at !== 'held-inside') return;
  if (story === 'taken') {
    await life.presents(held, 1, () => void clock.sleep(400).then(() => cabinet.world.takeCard('rani')));
    return;
  }
  await life.presents(held, 1);
  await life.presents(held, 2);
  await life.soon(held.retain(new AbortController().signal));
}

const acts = (told: string[]) => told.filter((line) => !line.startsWith('write') && !/shutter|taken|bezel/.test(line));

/** Meanwhile, with nobody at the controls. */
const meanwhile = {
  nothing: () => undefined,
  'the printer is switched off and on': ({ cabinet }: JobBench) => {
    cabinet.world.switchOff('card-printer');
    cabinet.world.switchOn('card-printer');
  },
  'mains fail and return': ({ cabinet }: JobBench) => {
    cabinet.world.cutMains();
    cabinet.world.restoreMains();
  },
} as const;
type Event = keyof typeof meanwhile;

/** The durable writes of each story, the first sight of the printer and the question for the lease included. */
const writes: Record<Story, number> = { taken: 8, 'left and kept': 11, jammed: 6 };
const boundaries = (Object.keys(writes) as Story[]).flatMap((story) =>
  Array.from({ length: writes[story] - 1 }, (_, index) => index + 2).flatMap((atWrite) =>
    [true, false].map((commits) => ({ story, atWrite, commits, fate: commits ? 'kept' : 'lost' })),
  ),
);

const cases = boundaries.flatMap((boundary) =>
  (Object.keys(meanwhile) as Event[])
    .filter((event) => event !== 'mains fail and return' || boundary.story === 'taken')
    .map((event) => ({ ...boundary, event })),
);

test.each(Object.entries(writes))('%s: so many durable writes', async (story, count) => {
  const { life } = await plays(story as Story);
  expect(life.writes).toHaveLength(count);
});

describe('a disk that fails, and the next life', () => {
  test.each(cases)('$story: write $atWrite $fate, and meanwhile $event', async ({ story, atWrite, commits, event }) => {
    const { bench, ended } = await plays(story, { atWrite, commits });
    expect(ended).toBe('the disk failed');
    const before = acts(bench.told);
    await bench.clock.advance(60_000);
    expect(acts(bench.told), 'no card moves without its entry').toEqual(before);
    meanwhile[event](bench);
    await bench.clock.advance(5_000);

    const life = await bench.begins();
    await life.recovers();
    life.leases.voidAllUnused('restart');
    expect(placesOf(bench.cabinet.world.now).printer, 'nothing is left in the path').toBe(0);
    expect(bench.cabinet.world.now.shutter.open).toBe(false);
    everyBlankIsWhereItsAccountSays(bench);
    nobodyGetsASecondCard(bench, life);
  });
});

describe('killed between two writes', () => {
  let newest: JobLife | undefined;
  const pockets = ({ cabinet: { world } }: JobBench) => {
    world.openCover('technician');
    world.takeCardFromInside('technician');
    world.closeCover('technician');
  };

  /** The program ends at this moment of the world; then something happens, and the next life looks. */
  async function killedAt(
    moment: string,
    then: (place: JobBench) => unknown = () => undefined,
    last: (place: JobBench) => Promise<void> = () => Promise.resolve(),
  ) {
    const place = await openJobBench();
    bench = place;
    const life = await place.begins();
    await life.recovers();
    let over: Promise<void> | undefined;
    const stop = place.cabinet.world.onChange((now) => {
      if (now.history.at(-1)?.what === moment) over ??= last(place).then(() => life.ends());
    });
    const story = async () => {
      const held = await life.prints(await life.lease('rani'));
      if (held.at === 'held-inside') await life.presents(held, 1);
    };
    await expect(story()).rejects.toThrow();
    stop();
    await over;
    await place.clock.advance(3_000);
    then(place);
    const next = await place.begins();
    newest = next;
    await next.recovers();
    everyBlankIsWhereItsAccountSays(place);
    nobodyGetsASecondCard(place, next);
    expect(placesOf(place.cabinet.world.now).printer).toBe(0);
    return place.outcomes();
  }

  test.each([
    ['card fed', ['unused']],
    ['panel y printed', ['in-doubt']],
    ['panel o printed', ['in-doubt']],
    ['shutter opened', ['retained']],
    ['card presented', ['in-doubt']],
  ])('at "%s": %j', async (moment, outcomes) => {
    expect(await killedAt(moment)).toEqual(outcomes);
  });

  const grabs = (place: JobBench) => {
    // The shutter rests on the card: a hand gets it only where the shutter stands open.
    place.cabinet.world.wedgeShutter();
    expect(place.cabinet.world.takeCard('rani')).not.toBeNull();
    place.cabinet.world.freeShutter();
  };

  test('while the card stands in the slot, and nobody is there to pull it in: whoever takes it has it', async () => {
    expect(await killedAt('card presented', grabs)).toEqual(['issued']);
  });

  test('while staff stand at the open door with the card: in doubt, not in the hand of its owner', async () => {
    const reachesIn = (place: JobBench) => {
      place.cabinet.world.openDoor('operator');
      pockets(place);
    };
    expect(await killedAt('shutter opened', reachesIn)).toEqual(['in-doubt']);
  });

  test('after it saw the door open beside the card in the slot, and the door is closed again: in doubt', async () => {
    const looksIn = async ({ cabinet: { world }, clock }: JobBench) => {
      world.openDoor('operator');
      await clock.sleep(200);
      world.closeDoor('operator');
    };
    expect(await killedAt('card presented', grabs, looksIn)).toEqual(['in-doubt']);
  });

  test.each([
    ['it was taken', 'card presented', 1],
    ['it never came out', 'shutter opened', 0],
  ])(
    'and the board starts anew, %s: in doubt, for its disk may be older than what was done',
    async (_, moment, hand) => {
      const restarts = (place: JobBench) => {
        place.boardStartsAnew();
        place.cabinet.world.wedgeShutter();
        place.cabinet.world.takeCard('rani');
        place.cabinet.world.freeShutter();
      };
      expect(await killedAt(moment, restarts)).toEqual(['in-doubt']);
      expect(placesOf((bench as JobBench).cabinet.world.now)).toMatchObject({ hand });
    },
  );

  test('and the board starts anew after a card was seen pulled in: in doubt, for it may have been offered again since', async () => {
    const place = await openJobBench();
    bench = place;
    const life = await place.begins();
    await life.recovers();
    const held = await life.prints(await life.lease('rani'));
    if (held.at !== 'held-inside') throw new Error(held.at);
    expect(await life.presents(held, 1)).toEqual({ at: 'left' });
    await life.ends();
    place.boardStartsAnew();
    const next = await place.begins();
    await next.recovers();
    expect(place.outcomes()).toEqual(['in-doubt']);
    everyBlankIsWhereItsAccountSays(place);
  });

  const powerFails = ({ cabinet: { world } }: JobBench, meanwhile: () => unknown = () => undefined) => {
    world.switchOff('card-printer');
    meanwhile();
    world.switchOn('card-printer');
  };

  test.each([
    ['and the printer drops the card into the box by itself', 'box'],
    ['and the printer holds the card', 'box'],
  ])('before the card came out, and the power fails %s: in doubt', async (how) => {
    const drops = /drops/.test(how);
    const then = (place: JobBench) => powerFails(place, () => drops && place.cabinet.world.cardPath.reject());
    expect(await killedAt('shutter opened', then)).toEqual(['in-doubt']);
    expect(placesOf((bench as JobBench).cabinet.world.now)).toMatchObject({ box: 1, hand: 0 });
  });

  test('with the card in the slot, taken while the power was off: in doubt, since the printer may have it', async () => {
    const then = (place: JobBench) =>
      powerFails(place, () => {
        place.cabinet.world.wedgeShutter();
        expect(place.cabinet.world.takeCard('rani')).not.toBeNull();
        place.cabinet.world.freeShutter();
      });
    expect(await killedAt('card presented', then)).toEqual(['in-doubt']);
  });

  test('with the card in the slot, and a foreign one pushed in after it was taken: nobody’s for certain', async () => {
    const swaps = ({ cabinet: { world } }: JobBench) => {
      world.wedgeShutter();
      expect(world.takeCard('rani')).not.toBeNull();
      expect(world.pushForeignCard('stranger')).toBe(true);
      world.freeShutter();
    };
    expect(await killedAt('card presented', swaps)).toEqual(['in-doubt']);
    expect((bench as JobBench).accounts()).toMatchObject({ 'in-doubt': 1 });
  });

  test.each([
    ['the counter stands and the power was kept: the blank never left', () => undefined, { hopper: 3 }],
    ['the power failed: an unmoved counter proves nothing', powerFails, { hopper: 2, 'in-doubt': 1 }],
  ])('between intent and feed, and %s', async (_, then, books) => {
    const { bench } = await plays('taken', { atWrite: 4, commits: true });
    await bench.clock.advance(3_000);
    then(bench);
    const next = await bench.begins();
    await next.recovers();
    expect(bench.outcomes()).toEqual(['unused']);
    expect(bench.accounts()).toMatchObject(books);
    nobodyGetsASecondCard(bench, next);
  });

  test('after a feed that the journal does not know to its end, with a ribbon that cannot be read, and the board starts anew: in doubt', async () => {
    const silent = { fault: 'reply', on: 'Rrt;count', times: 99, does: { trick: 'replaced', by: 'OK' } } as const;
    const took = (place: JobBench) => {
      pockets(place);
      place.boardStartsAnew();
      place.cabinet.simulators['card-printer'].misbehave(silent);
    };
    expect(await killedAt('card fed', took)).toEqual(['in-doubt']);
  });

  /** Killed with the card inside; the next life dies as well, just after it has made durable what it saw before its reset. */
  async function killedTwice() {
    const place = await openJobBench();
    bench = place;
    const life = await place.begins();
    await life.recovers();
    let over: Promise<void> | undefined;
    const stop = place.cabinet.world.onChange((now) => {
      if (now.history.at(-1)?.what === 'shutter opened') over ??= life.ends();
    });
    const held = await life.prints(await life.lease('rani'));
    if (held.at !== 'held-inside') throw new Error(held.at);
    await expect(life.presents(held, 1)).rejects.toThrow();
    stop();
    await over;
    await place.clock.advance(3_000);
    const second = await place.begins({ atWrite: 1, commits: true });
    await expect(second.recovers()).rejects.toThrow(StoreBroken);
    expect(second.writes).toEqual(['card.way']);
    await second.ends();
    return place;
  }

  test('and again in its recovery, whose reset made the printer drop the card: in doubt, though the path is empty', async () => {
    const place = await killedTwice();
    place.cabinet.world.cardPath.reject();
    const third = await place.begins();
    await third.recovers();
    expect(place.outcomes()).toEqual(['in-doubt']);
    everyBlankIsWhereItsAccountSays(place);
    nobodyGetsASecondCard(place, third);
  });

  test('and again in its recovery, with the card still inside: held, as after the first', async () => {
    const place = await killedTwice();
    const third = await place.begins();
    await third.recovers();
    expect(place.outcomes()).toEqual(['retained']);
    everyBlankIsWhereItsAccountSays(place);
  });

  test('with the cover open meanwhile and the inked card pocketed: in doubt', async () => {
    expect(await killedAt('panel m printed', pockets)).toEqual(['in-doubt']);
  });

  /** Killed under the ink, and the card is gone when the next life looks: it waits for people. */
  async function cardInDoubt() {
    expect(await killedAt('panel m printed', pockets)).toEqual(['in-doubt']);
    return { place: bench as JobBench, life: newest as JobLife };
  }
  const bodiesFound = (place: JobBench) =>
    place.entries().filter((entry) => entry.type === 'operator.acted' && entry.data.action === 'body-in-box');

  test('a card found inside after one in doubt is taken for its body only while no other was fed since', async () => {
    const { place, life } = await cardInDoubt();
    place.cabinet.simulators['card-printer'].misbehave({ fault: 'misfeed', times: 9 });
    expect(await life.prints(await life.lease('budi'))).toMatchObject({ outcome: 'unused' });
    place.cabinet.world.cardPath.feed('print');
    await life.recovers();
    expect(bodiesFound(place)).toEqual([]);
    expect(place.accounts()).toMatchObject({ 'in-doubt': 1, spoiled: 1, unexplained: -1 });
  });

  test('a card found inside while the door is open may be in a hand by now: nobody is told that its body is in the box', async () => {
    const { place, life } = await cardInDoubt();
    place.cabinet.world.cardPath.feed('print');
    place.cabinet.world.openDoor('technician');
    await life.recovers();
    expect(bodiesFound(place)).toEqual([]);
  });

  test('a card that comes through the slot is never taken for it', async () => {
    const { place, life } = await cardInDoubt();
    await life.soon(life.devices.panel.openShutter({ signal: new AbortController().signal }));
    expect(place.cabinet.world.pushForeignCard('stranger')).toBe(true);
    await place.clock.advance(1_000);
    await life.recovers();
    expect(bodiesFound(place)).toEqual([]);
    expect(place.entries().at(-1)).toMatchObject({ data: { action: 'found-in-slot' } });
  });

  test('a second look finds nothing to do', async () => {
    const place = await openJobBench();
    bench = place;
    const life = await place.begins();
    await life.recovers();
    const before = place.told.length;
    expect(await life.recovers()).toBe(0);
    expect(place.told.length).toBe(before);
  });
});

function everyBlankIsWhereItsAccountSays(bench: JobBench) {
  const { hopper = 0, issued = 0, spoiled = 0, retained = 0, ...rest } = bench.accounts();
  const { 'in-process': inProcess = 0, 'in-doubt': inDoubt = 0, unexplained = 0, 'kecamatan-safe': safe = 0 } = rest;
  expect(inProcess).toBe(0);
  expect(hopper + issued + spoiled + retained + inDoubt + unexplained + safe).toBe(0);
  const found = placesOf(bench.cabinet.world.now);
  const beside = {
    hopper: found.hopper - hopper,
    box: found.box - spoiled - retained,
    hand: found.hand - issued,
  };
  for (const [place, count] of Object.entries(beside)) expect(count, place).toBeGreaterThanOrEqual(0);
  expect(beside.hopper + beside.box + beside.hand).toBe(inDoubt);
}

/** Whoever has a card, or may have one, or whose card lies in the box finished, has no right left to print with. */
function nobodyGetsASecondCard(bench: JobBench, life: JobLife) {
  const state = life.journal.record('look', (_, db) => db.prepare('SELECT state FROM lease').get()) as
    | { state: string }
    | undefined;
  const found = placesOf(bench.cabinet.world.now);
  if (found.hand > 0) expect(['spent', 'in-doubt', 'held']).toContain(state?.state);
  if (state?.state === 'voided' && found.inked > 0) expect(found.box).toBe(found.inked);
  const open = life.journal.record('look', (_, db) =>
    db.prepare('SELECT count(*) AS n FROM attempt WHERE outcome IS NULL').get(),
  ) as { n: number };
  expect(open.n).toBe(0);
}
