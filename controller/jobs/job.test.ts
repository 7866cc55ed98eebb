import { describe, expect, test } from 'vitest';
import { greyFace, type JobBench, placesOf } from '#tests/support/job-bench.ts';
import { jobStories } from '#tests/support/job-stories.ts';
import { printCard } from './job.ts';
import { NotReady } from './slot.ts';

const story = jobStories();
const { ready, withHeldCard, takesTheCard, takesFromInside, everythingIsInOrder } = story;

describe('one card', () => {
  test('is fed, printed, presented and taken: four entries, each before its act', async () => {
    const { life, world, held } = await withHeldCard();
    const ended = await life.presents(held, 1, takesTheCard);
    expect(ended).toMatchObject({ at: 'ended', outcome: 'issued', code: null });
    expect(story.bench.told.filter((line) => line.startsWith('write print'))).toEqual([
      'write print.intended',
      'write print.inking',
      'write print.printed',
      'write print.presenting',
      'write print.outcome',
    ]);
    expect(story.bench.accounts()).toMatchObject({ hopper: 2, 'in-process': 0, issued: 1 });
    expect(world.now.shutter.open).toBe(false);
    everythingIsInOrder();
  });

  test('not taken is pulled inside, offered once more, and then kept in the box: the right is held', async () => {
    const { life, held } = await withHeldCard();
    expect(await life.presents(held, 1)).toEqual({ at: 'left' });
    expect(placesOf(story.bench.cabinet.world.now)).toMatchObject({ printer: 1, box: 0 });
    expect(await life.presents(held, 2)).toEqual({ at: 'left' });
    const ended = await life.soon(held.retain(new AbortController().signal));
    expect(ended).toMatchObject({ outcome: 'retained', code: 'handover/not-taken' });
    expect(story.bench.accounts()).toMatchObject({ retained: 1, 'in-process': 0 });
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
      void story.bench.clock.sleep(59_998).then(() => world.takeCard());
    });
    expect(await presenting).toMatchObject({ outcome: 'issued' });
    everythingIsInOrder();
  });
});

describe('an intent is refused and nothing moves', () => {
  const nothingMoved = () => {
    expect(story.bench.told.filter((line) => !line.startsWith('write lease'))).toEqual([]);
    expect(story.bench.outcomes()).toEqual([]);
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
    story.bench.told.length = 0;
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'right/revoked' });
    nothingMoved();
  });

  test('for a lease that has run out, also where the wall clock was set back meanwhile', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    await story.bench.clock.advance(16 * 60_000);
    story.bench.clock.jumpWall(-60 * 60_000);
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'right/lease-expired' });
    nothingMoved();
  });

  test('for a lease that was kept ahead of time, while a card was fed that nobody can explain; not for one just granted', async () => {
    const { life } = await ready();
    const kept = await life.lease('rani');
    const granted = await life.lease('amin');
    life.journal.record('story', (append, db) => {
      db.prepare("INSERT INTO offline_lease VALUES (?, 'rani', 'c-1', '{}', '', ?, '', '', '', '', 1, 0)").run(
        kept.reqId,
        kept.leaseId,
      );
      append({ type: 'operator.acted', data: { action: 'counter-unexplained', reason: '12 fed, 11 explained' } });
    });
    story.bench.told.length = 0;
    expect(await life.prints(kept)).toEqual({ at: 'not-started', code: 'right/needs-central' });
    nothingMoved();
    expect(await life.prints(granted)).toMatchObject({ at: 'held-inside' });
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
    story.bench.told.length = 0;
    expect(await life.prints(await life.lease())).toEqual({ at: 'not-started', code: 'kiosk/no-blanko' });
    expect(story.bench.told.filter((line) => !line.startsWith('write lease'))).toEqual([]);
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
    await story.bench.clock.advance(3_000);
    story.bench.told.length = 0;
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code });
    expect(story.bench.told).toEqual([]);
    expect(story.bench.accounts()).toMatchObject({ hopper: 3 });
  });

  test('for a printer that has come back and is not fenced yet: nothing is in doubt', async () => {
    const { life, world } = await ready();
    const lease = await life.lease();
    world.unplug('card-printer');
    await story.bench.clock.advance(1_000);
    world.replug('card-printer');
    await story.bench.clock.advance(40_000);
    expect(await life.prints(lease)).toEqual({ at: 'not-started', code: 'card-printer/unreachable' });
    expect(story.bench.accounts()).toMatchObject({ hopper: 3 });
  });

  test('for a reject box without room', async () => {
    const { life, world } = await ready(3, { rejectBoxCapacity: 1 });
    world.cardPath.feed('print');
    world.cardPath.reject();
    expect(await life.prints(await life.lease())).toEqual({ at: 'not-started', code: 'card-printer/reject-box-full' });
  });
});

describe('room for all entries of a job', () => {
  test('is set aside before the intent; where there is none nothing is booked and nothing moves', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    story.bench.told.length = 0;
    const reserveSpace = () => {
      story.bench.told.push('no room');
      throw new NotReady('kiosk/disk-full', 'the disk is full');
    };
    const { journal, devices } = life;
    const ports = { journal, clock: story.bench.clock, printer: devices.printer, panel: devices.panel, reserveSpace };
    const options = { signal: new AbortController().signal, onPhase() {} };
    expect(await life.soon(printCard(ports, lease, greyFace, 'SU1-0001-9', options))).toEqual({
      at: 'not-started',
      code: 'kiosk/disk-full',
    });
    expect(story.bench.told).toEqual(['no room']);
    expect(story.bench.accounts()).toMatchObject({ hopper: 3 });
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
    expect(story.bench.outcomes()).toEqual([]);
    expect(story.bench.accounts()).toMatchObject({ hopper: 2, 'in-process': 1 });
    everythingIsInOrder();
  });

  test('before the intent is no refusal either', async () => {
    const { life } = await ready();
    const lease = await life.lease();
    const printing = life.prints(lease);
    void life.ends();
    await expect(printing).rejects.toThrow('the life is over');
    expect(story.bench.accounts()).toMatchObject({ hopper: 3 });
  });
});
