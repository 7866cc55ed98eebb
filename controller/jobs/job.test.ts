import { afterEach, describe, expect, test } from 'vitest';
import type { Misbehaviour } from '#drivers/card-printer/evolis/simulator/misbehaviour.ts';
import { greyFace, type JobBench, openJobBench, placesOf } from '#tests/support/job-bench.ts';
import { type HeldCard, mayTryAgain, printCard } from './job.ts';
import { NotReady } from './slot.ts';

let bench: JobBench;
afterEach(() => bench[Symbol.asyncDispose]());

/** A cabinet whose past is cleared, and one life of jobs at it. */
async function ready(cards = 3, begin = {}) {
  bench = await openJobBench(cards, begin);
  const life = await bench.begins();
  await life.recovers();
  bench.told.length = 0;
  const { world, simulators } = bench.cabinet;
  const misbehaves = (...faults: Misbehaviour[]) => simulators['card-printer'].misbehave(...faults);
  return { life, world, misbehaves };
}

async function withHeldCard(cards = 3, begin = {}) {
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

/** Each act comes after the entry that announces it, and the books say what a person would find. */
function everythingIsInOrder() {
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

describe('one card', () => {
  test('is fed, printed, presented and taken: four entries, each before its act', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, takesTheCard);
    expect(ended).toMatchObject({ at: 'ended', outcome: 'issued', code: null });
    expect(bench.told.filter((line) => line.startsWith('write print'))).toEqual([
      'write print.intended',
      'write print.inking',
      'write print.printed',
      'write print.presenting',
      'write print.outcome',
    ]);
    expect(bench.accounts()).toMatchObject({ hopper: 2, 'in-process': 0, issued: 1 });
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });

  test('not taken is pulled inside, offered once more, and then kept in the box: the right is held', async () => {
    const { life, held } = await withHeldCard();
    expect(await life.presents(held, 1)).toEqual({ at: 'left' });
    expect(placesOf(bench.cabinet.world.now)).toMatchObject({ printer: 1, box: 0 });
    expect(await life.presents(held, 2)).toEqual({ at: 'left' });
    const ended = await life.soon(held.retain(new AbortController().signal));
    expect(ended).toMatchObject({ outcome: 'retained', code: 'handover/not-taken' });
    expect(bench.accounts()).toMatchObject({ retained: 1, 'in-process': 0 });
    everythingIsInOrder();
  });

  test('taken at the second offer is issued', async () => {
    const { life, held } = await withHeldCard();
    await life.presents(held, 1);
    expect(await life.presents(held, 2, takesTheCard)).toMatchObject({ outcome: 'issued' });
    everythingIsInOrder();
  });

  test('taken in the last moment, while it is being pulled in, is issued', async () => {
    const { life, world, held } = await withHeldCard();
    const presenting = life.presents(held, 1, () => {
      void bench.clock.sleep(59_998).then(() => world.takeCard());
    });
    expect(await presenting).toMatchObject({ outcome: 'issued' });
    everythingIsInOrder();
  });
});

describe('an intent is refused and nothing moves', () => {
  const nothingMoved = () => {
    expect(bench.told.filter((line) => !line.startsWith('write lease'))).toEqual([]);
    expect(bench.outcomes()).toEqual([]);
    everythingIsInOrder();
  };

  test('for a lease that was voided', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    life.leases.void(lease.reqId, 'identify/cancelled');
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'right/not-usable' });
    nothingMoved();
  });

  test('for a lease that was revoked', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    life.journal.record('lease.revoked', (_, db) => db.prepare("UPDATE lease SET state = 'revoked'").run());
    bench.told.length = 0;
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'right/revoked' });
    nothingMoved();
  });

  test('for a lease that has run out, also where the wall clock was set back meanwhile', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    await bench.clock.advance(16 * 60_000);
    bench.clock.jumpWall(-60 * 60_000);
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'right/lease-expired' });
    nothingMoved();
  });

  test('for a second attempt while one for this right is open', async () => {
    const { life } = await withHeldCard();
    const again = await life.lease('rani');
    takesFromInside(); // otherwise the printer refuses before the books do
    expect(await life.prints(again)).toEqual({ at: 'not-started', code: 'right/not-usable' });
  });

  test('where the books hold no blank, whatever lies in the feeder', async () => {
    const { life, world } = await ready(1);
    const held = await life.prints(await life.lease());
    if (held.at === 'held-inside') await life.presents(held, 1, takesTheCard);
    world.loadHopper(5, 'somebody'); // not booked
    bench.told.length = 0;
    expect(await life.prints(await life.lease())).toEqual({ at: 'not-started', code: 'kiosk/no-blanko' });
    expect(bench.told.filter((line) => !line.startsWith('write lease'))).toEqual([]);
  });

  test.each([
    ['card-printer/feeder-empty', (world: JobBench['cabinet']['world']) => world.emptyFeeder()],
    ['card-printer/cover-open', (world: JobBench['cabinet']['world']) => world.openCover()],
    ['card-printer/ribbon-ended', (world: JobBench['cabinet']['world']) => world.endRibbon()],
    ['panel/door-open', (world: JobBench['cabinet']['world']) => world.openDoor()],
    ['panel/mains-lost', (world: JobBench['cabinet']['world']) => world.cutMains()],
  ])('for %s', async (code, happens) => {
    const { life, world } = await ready();
    const lease = await life.lease();
    happens(world);
    await bench.clock.advance(3_000);
    bench.told.length = 0;
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code });
    expect(bench.told).toEqual([]);
    expect(bench.accounts()).toMatchObject({ hopper: 3 });
  });

  test('for a printer that has come back and is not fenced yet: nothing is in doubt', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    world.unplug('card-printer');
    await bench.clock.advance(1_000);
    world.replug('card-printer');
    await bench.clock.advance(40_000);
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'card-printer/unreachable' });
    expect(bench.accounts()).toMatchObject({ hopper: 3 });
  });

  test('for a reject box without room', async () => {
    const { life, world } = await ready(3, { rejectBoxCapacity: 1 });
    world.cardPath.feed('print');
    world.cardPath.reject();
    expect(await life.prints(await life.lease())).toEqual({ at: 'not-started', code: 'card-printer/reject-box-full' });
  });
});

describe('a fault before ink leaves the right unspent', () => {
  test('a feeder that slips gives the blank back to the hopper', async () => {
    const { life, misbehaves } = await ready();
    misbehaves({ fault: 'misfeed', times: 9 });
    const ended = await life.prints(await life.lease());
    expect(ended).toMatchObject({ outcome: 'unused', code: 'card-printer/feed-failed' });
    expect(bench.accounts()).toMatchObject({ hopper: 3, 'in-process': 0 });
    everythingIsInOrder();
  });

  test('a blank that was counted as fed and is gone is in doubt, not in the hopper', async () => {
    const { life, world } = await ready();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'card fed') void Promise.resolve().then(takesFromInside); // once it was counted
    });
    const ended = await life.prints(await life.lease());
    stop();
    expect(ended).toMatchObject({ outcome: 'unused' });
    expect(bench.accounts()).toMatchObject({ hopper: 2, 'in-process': 0, 'in-doubt': 1 });
    everythingIsInOrder();
  });

  test('a printer that is unplugged right after the intent and stays away: unused within minutes, the blank in doubt', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    life.journal.onAppend(() => world.unplug('card-printer'));
    const ended = await life.prints(lease);
    expect(ended).toMatchObject({ outcome: 'unused' });
    expect(bench.accounts()).toMatchObject({ hopper: 2, 'in-doubt': 1 });
    expect(bench.clock.monotonicMs()).toBeLessThan(240_000);
    everythingIsInOrder();
  });

  test('a revocation that comes while the blank is fed stops the job, and the blank goes to the box', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'card fed') return;
      life.journal.record('lease.revoked', (_, db) => db.prepare("UPDATE lease SET state = 'revoked'").run());
    });
    const ended = await life.prints(lease);
    stop();
    expect(ended).toMatchObject({ outcome: 'unused', code: 'right/revoked' });
    expect(bench.accounts()).toMatchObject({ hopper: 2, spoiled: 1 });
    expect(placesOf(world.now)).toMatchObject({ inked: 0, box: 1 });
    everythingIsInOrder();
  });
});

test.each([
  ['cable slips', { hopper: 3 }],
  ['power fails', { hopper: 2, 'in-doubt': 1 }],
])('before the feed the %s for a moment: %j', async (what, books) => {
  const { life, world } = await ready();
  const lease = await life.lease();
  let isOver = false;
  life.journal.onAppend(() => {
    if (isOver) return;
    isOver = true;
    if (/cable/.test(what)) world.unplug('card-printer');
    else world.switchOff('card-printer');
    world.replug('card-printer');
    world.switchOn('card-printer');
  });
  expect(await life.prints(lease)).toMatchObject({ outcome: 'unused' });
  expect(bench.accounts()).toMatchObject({ 'in-process': 0, ...books });
  everythingIsInOrder();
});

test('a door opened while a blank is on its way to a stopped job: it goes to the box, and whether it is that one, people say', async () => {
  const { life, world } = await ready();
  const lease = await life.lease();
  const stop = world.onChange((now) => {
    if (now.history.at(-1)?.what !== 'card fed') return;
    world.openDoor('stranger');
    life.journal.record('lease.revoked', (_, db) => db.prepare("UPDATE lease SET state = 'revoked'").run());
  });
  expect(await life.prints(lease)).toMatchObject({ outcome: 'unused', code: 'right/revoked' });
  stop();
  expect(bench.accounts()).toMatchObject({ hopper: 2, 'in-doubt': 1 });
  expect(placesOf(world.now)).toMatchObject({ box: 1, inked: 0 });
  everythingIsInOrder();
});

describe('after ink the right is with the plastic', () => {
  test.each<[string, Misbehaviour]>([
    ['a jam', { fault: 'jam', atPanel: 3 }],
    ['the end of the ribbon', { fault: 'ribbon-ends', atPanel: 2 }],
    ['a torn ribbon', { fault: 'ribbon-breaks', atPanel: 4 }],
    ['a pulled cable', { fault: 'unplugged', afterBytes: 90_000 }],
    ['a power cut at the printer', { fault: 'power-fails', atPanel: 2 }],
    ['an answer that never comes', { fault: 'reply', on: 'Db', does: { trick: 'lost' } }],
  ])('%s: spoiled with its body in the box, or in doubt', async (_, fault) => {
    const { life, misbehaves, world } = await ready();
    misbehaves(fault);
    const printing = life.prints(await life.lease());
    if (fault.fault === 'power-fails') {
      void bench.clock.sleep(5_000).then(() => bench.cabinet.simulators['card-printer'].powerOn());
    }
    const ended = await printing;
    if (ended.at !== 'ended') throw new Error(JSON.stringify(ended));
    expect(['spoiled', 'in-doubt']).toContain(ended.outcome);
    if (ended.outcome === 'spoiled') expect(placesOf(world.now)).toMatchObject({ box: 1, printer: 0 });
    expect(placesOf(world.now).hand).toBe(0);
    everythingIsInOrder();
  });

  test('a body that is proved to lie in the box is no unknown outcome: one more card may be tried', async () => {
    const { life, misbehaves } = await ready();
    misbehaves({ fault: 'unplugged', afterBytes: 90_000 });
    const ended = await life.prints(await life.lease());
    if (ended.at !== 'ended') throw new Error(ended.at);
    expect(ended).toMatchObject({ outcome: 'spoiled', code: 'card-printer/card-spoiled' });
    expect(mayTryAgain(ended)).toBe(true);
  });

  test('a cover opened under way and the card taken out: in doubt, until two people find the body', async () => {
    const { life, misbehaves, world } = await ready();
    misbehaves({ fault: 'cover-opens', atPanel: 2 });
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'panel y printed') {
        takesFromInside();
      }
    });
    const ended = await life.prints(await life.lease());
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(bench.accounts()).toMatchObject({ 'in-doubt': 1 });
    everythingIsInOrder();
  });

  test('a box that is full when the spoiled card should go there: in doubt, the body is still inside', async () => {
    const { life, misbehaves, world } = await ready(3, { rejectBoxCapacity: 1 });
    misbehaves({ fault: 'jam', atPanel: 3 });
    const lease = await life.lease();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'panel y printed') fillBox();
    });
    const fillBox = () => Object.assign(world.now.rejectBox, { capacity: 0 });
    const ended = await life.prints(lease);
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ printer: 1, box: 0 });
    everythingIsInOrder();
  });
});

describe('after presenting no machine restores the right', () => {
  test('a shutter that does not open: the finished card goes to the box and is held', async () => {
    const { life, world, held } = await withHeldCard();
    world.wedgeShutter();
    const ended = await life.presents(held, 1);
    expect(ended).toMatchObject({ outcome: 'retained', code: 'panel/shutter-stuck' });
    expect(bench.accounts()).toMatchObject({ retained: 1 });
    everythingIsInOrder();
  });

  test('a card that jams on its way out is held or in doubt, never usable again, and the way out is shut', async () => {
    const { life, world, held, misbehaves } = await withHeldCard();
    misbehaves({ fault: 'jam', on: 'Se' });
    const ended = await life.presents(held, 1);
    if (ended.at !== 'ended') throw new Error('it did not end');
    expect(['retained', 'in-doubt']).toContain(ended.outcome);
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });

  test('a card that a hand took out of the printer is never usable again, and the way out is shut', async () => {
    const { life, world, held } = await withHeldCard();
    takesFromInside();
    const ended = await life.presents(held, 1);
    if (ended.at !== 'ended') throw new Error('it did not end');
    expect(['issued', 'in-doubt']).toContain(ended.outcome);
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });

  test('a card that cannot be pulled in is in doubt: the hand that takes it later changes nothing', async () => {
    const { life, world, held, misbehaves } = await withHeldCard();
    misbehaves({ fault: 'move-hangs', on: 'Sib' });
    const ended = await life.presents(held, 1);
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    world.takeCard('late');
    everythingIsInOrder();
  });

  test('a full box keeps the card inside: in doubt', async () => {
    const { life, world, held } = await withHeldCard(3, { rejectBoxCapacity: 1 });
    Object.assign(world.now.rejectBox, { capacity: 0 });
    await life.presents(held, 1);
    const ended = await life.soon(held.retain(new AbortController().signal));
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ printer: 1, box: 0 });
    everythingIsInOrder();
  });

  test('a printer that cannot say so any more when the card is taken: in doubt soon, and the way out is shut', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, () => {
      world.unplug('card-printer');
      takesTheCard();
    });
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(bench.clock.monotonicMs()).toBeLessThan(60_000);
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });
});

describe('the exit sensor counts each edge', () => {
  /** A hand takes the card; somebody else has the next thing ready, and at once. */
  const takesAndAnotherPushes = (afterMs: number) => () =>
    void bench.clock.sleep(400).then(async () => {
      bench.cabinet.world.takeCard('rani');
      if (afterMs > 0) await bench.clock.sleep(afterMs);
      bench.cabinet.world.pushForeignCard('stranger'); // where the slot still lets it in
    });

  test.each([
    [0, 'in-doubt'],
    [5, 'issued'],
    [60, 'issued'],
  ])('a foreign card %i ms after the taking is not the one that was presented: %s', async (afterMs, outcome) => {
    const { life, held } = await withHeldCard();
    const ended = await life.presents(held, 1, takesAndAnotherPushes(afterMs));
    expect(ended).toMatchObject({ outcome });
    expect(placesOf(bench.cabinet.world.now)).toMatchObject({ hand: 1, box: 0 });
    everythingIsInOrder();
    await life.recovers(); // clears the slot for the next visit
    expect(Object.keys(bench.accounts())).not.toContain('spoiled'); // nothing of it is booked as a blank
    everythingIsInOrder();
  });

  test('a card that was out of the slot for a moment and stands there until the end is nobody’s for certain', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, () => {
      void bench.clock.sleep(400).then(async () => {
        world.takeCard('rani');
        world.pushCardBack('rani');
      });
    });
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ box: 1, hand: 0, printer: 0 });
    everythingIsInOrder();
  });

  test('pushed back and then taken after all is issued', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, () => {
      void bench.clock.sleep(400).then(async () => {
        world.takeCard('rani');
        world.pushCardBack('rani');
        await bench.clock.sleep(8_000);
        world.takeCard('rani');
      });
    });
    expect(ended).toMatchObject({ outcome: 'issued' });
    everythingIsInOrder();
  });
});

describe('a printer that loses its power while it presents', () => {
  test('and drops the card into the box by itself: in doubt, not in a hand', async () => {
    const { life, world, held } = await withHeldCard();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'shutter opened') return;
      world.switchOff('card-printer');
      world.cardPath.reject();
      world.switchOn('card-printer');
    });
    const ended = await life.presents(held, 1);
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ box: 1, hand: 0 });
    everythingIsInOrder();
  });

  test('and keeps it: in doubt as well, for two people to look at', async () => {
    const { life, world, held } = await withHeldCard();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'shutter opened') return;
      world.switchOff('card-printer');
      world.switchOn('card-printer');
    });
    const ended = await life.presents(held, 1);
    stop();
    expect(ended).toMatchObject({ outcome: 'in-doubt' });
    expect(placesOf(world.now)).toMatchObject({ hand: 0, printer: 0, box: 1 });
    everythingIsInOrder();
  });

  test('a cable that slips for a moment proves the opposite: the card that is still inside is held', async () => {
    const { life, world, held } = await withHeldCard();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what !== 'shutter opened') return;
      world.unplug('card-printer');
      world.replug('card-printer');
    });
    const ended = await life.presents(held, 1);
    stop();
    expect(ended).toMatchObject({ outcome: 'retained' });
    everythingIsInOrder();
  });
});

describe('room for all entries of a job', () => {
  test('is set aside before the intent; where there is none nothing is booked and nothing moves', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    bench.told.length = 0;
    const reserveSpace = () => {
      bench.told.push('no room');
      throw new NotReady('kiosk/disk-full', 'the disk is full');
    };
    const { journal, devices } = life;
    const ports = { journal, clock: bench.clock, printer: devices.printer, panel: devices.panel, reserveSpace };
    const options = { signal: new AbortController().signal, onPhase() {} };
    expect(await life.soon(printCard(ports, lease, greyFace, 'SU1-0001-9', options))).toEqual({
      at: 'not-started',
      code: 'kiosk/disk-full',
    });
    expect(bench.told).toEqual(['no room']);
    expect(bench.accounts()).toMatchObject({ hopper: 3 });
  });
});

describe('the end of the program', () => {
  test('leaves an attempt open, says nothing of it, and moves nothing more', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    const stop = world.onChange((now) => {
      if (now.history.at(-1)?.what === 'card fed') void life.ends();
    });
    await expect(life.prints(lease)).rejects.toThrow('the life is over');
    stop();
    expect(bench.outcomes()).toEqual([]);
    expect(bench.accounts()).toMatchObject({ hopper: 2, 'in-process': 1 });
    everythingIsInOrder();
  });

  test('before the intent is no refusal either', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    const printing = life.prints(lease);
    void life.ends();
    await expect(printing).rejects.toThrow('the life is over');
    expect(bench.accounts()).toMatchObject({ hopper: 3 });
  });
});
