import { describe, expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { type Misbehaviour, simulateUru4000 } from './simulator/simulator.ts';
import { madeUpFinger, placeOf } from './test-place.ts';

const siti = madeUpFinger(seededRandom('siti'));
const hardware = 'fingerprint-scanner/hardware';
const noAnswer = 'fingerprint-scanner/no-answer';
const unreachable = 'fingerprint-scanner/unreachable';
const noFinger = 'fingerprint-scanner/no-finger';

function openPlace(how: Partial<Misbehaviour> = {}) {
  const clock = manualClock();
  const reader = simulateUru4000({ clock });
  reader.misbehave(how);
  return { clock, reader, ...placeOf(reader, clock, seededRandom('seed')) };
}

describe('a reader that wakes up badly', () => {
  const wakes: [string, Partial<Misbehaviour>, string | null][] = [
    ['reboots for a while', { rebootsForMs: 400 }, null],
    ['never comes back from its reboot', { rebootsForMs: 3_600_000 }, hardware],
    ['is slow to leave low power', { writesToWake: 60 }, null],
    ['stays in low power', { writesToWake: Number.POSITIVE_INFINITY }, hardware],
    ['reports its power-up at the third time', { swallows: { poweredUp: 2 } }, null],
    ['never reports its power-up', { swallows: { poweredUp: 99 } }, hardware],
    ['answers nothing', { silent: true }, noAnswer],
    ['answers with no bytes', { answersEmpty: true }, noAnswer],
  ];
  test.each(wakes)('%s', async (_, how, code) => {
    const { reader, clock, codeOfOpening } = openPlace(how);
    expect(await codeOfOpening()).toBe(code);
    expect(reader.isOpen).toBe(code === null);
    expect(clock.sleepers).toBe(rebootingFor(how));
  });
  /** The simulator's own reboot may still be running. */
  const rebootingFor = ({ rebootsForMs }: Partial<Misbehaviour>) => (rebootsForMs === 3_600_000 ? 1 : 0);

  test('a reboot is asked for once and then waited for', async () => {
    const { reader, opened } = openPlace({ rebootsForMs: 50 });
    await opened();
    const writes = reader.asked.filter((one) => one.startsWith('write 7'));
    expect(writes).toEqual(['write 7 04', 'write 7 81', 'write 7 01']);
  });
});

describe('no reader', () => {
  test('none on the bus', async () => {
    const { reader, codeOfOpening } = openPlace();
    reader.unplug();
    expect(await codeOfOpening()).toBe(unreachable);
  });

  test('another program holds it', async () => {
    const { codeOfOpening, opened } = openPlace();
    await opened();
    expect(await codeOfOpening()).toBe(unreachable);
  });

  test('opening that is given up leaves no device open', async () => {
    const { reader, clock, open } = openPlace({ rebootsForMs: 500 });
    const stop = new AbortController();
    const opening = open(undefined, stop.signal);
    const given = expect(opening).rejects.toThrow('enough');
    await clock.advance(100);
    stop.abort(new Error('enough'));
    await given;
    expect(reader.isOpen).toBe(false);
  });
});

describe('a picture that is none', () => {
  const pictures: [Misbehaviour['picture'], string | null][] = [
    ['truncated', noAnswer],
    ['headless', noAnswer],
    ['too-many-lines', noAnswer],
    ['lost', noAnswer],
    ['lost-once', null],
    ['black', hardware],
  ];
  test.each(pictures)('%s', async (picture, code) => {
    const { reader, opened } = openPlace({ picture });
    const { scanner, capture, code: ends } = await opened();
    reader.touch(siti);
    expect(await ends(capture())).toBe(code);
    expect(scanner.status).toEqual(code ? { state: 'needs-attention', problem: code } : { state: 'ready' });
  });

  test('the next finger is read as if nothing had been', async () => {
    const { reader, inTime, opened } = openPlace({ picture: 'truncated' });
    const { scanner, capture, code } = await opened();
    reader.touch(siti);
    await code(capture());
    reader.misbehave({ picture: 'whole' });
    reader.lift();
    const shot = capture();
    reader.touch(siti);
    expect(Buffer.compare((await inTime(shot)).image.pixels, siti)).toBe(0);
    expect(scanner.status).toEqual({ state: 'ready' });
  });
});

describe('a wire that fails', () => {
  test('pulled out while nobody touches: the capture ends at once, and the scanner is away', async () => {
    const { reader, clock, opened } = openPlace();
    const { scanner, capture, code } = await opened();
    const ends = code(capture());
    await clock.advance(100);
    reader.unplug();
    expect(await ends).toBe(unreachable);
    expect(scanner.status).toMatchObject({ state: 'away' });
  });

  test('pulled out while the picture comes, and in again: the reader has to be opened anew', async () => {
    const { reader, clock, inTime, opened } = openPlace({ unpluggedByCapture: true });
    const { scanner, capture, close, code } = await opened();
    reader.touch(siti);
    expect(await code(capture())).toBe(unreachable);
    expect(await code(capture())).toBe(unreachable);
    expect(scanner.status).toMatchObject({ state: 'away' });
    await close();
    expect(clock.sleepers).toBe(0);
    reader.plugIn();
    const again = await opened();
    expect((await inTime(again.capture())).quality.score).toBe(80);
  });

  test('pulled out while nothing happens shows at once', async () => {
    const { reader, clock, opened } = openPlace();
    const { scanner } = await opened();
    reader.unplug();
    await clock.advance(0);
    expect(scanner.status).toEqual({ state: 'away', sinceMs: clock.monotonicMs() });
  });

  test('a reader that falls silent is a fault of the reader, not an absent finger', async () => {
    const { reader, opened } = openPlace();
    const { capture, code } = await opened();
    reader.misbehave({ silent: true });
    expect(await code(capture())).toBe(noAnswer);
  });

  test('a finger that is not reported is no finger; one whose lifting is not reported is no second finger', async () => {
    const { reader, opened } = openPlace({ swallows: { touched: 1, lifted: 1 } });
    const { capture, lifted, code } = await opened();
    reader.touch(siti);
    expect(await code(capture())).toBe(noFinger);
    expect(await code(capture())).toBeNull();
    reader.lift();
    expect(await code(lifted())).toBe(noAnswer);
    expect(await code(capture())).toBe(noFinger);
  });

  test.each([
    [2, null],
    [3, noAnswer],
  ])('%i interrupts in a row that fail on the bus', async (interrupt, code) => {
    const { reader, clock, opened } = openPlace();
    const { capture, code: ends } = await opened();
    reader.misbehave({ refuses: { control: 0, interrupt } });
    const shot = ends(capture());
    for (let n = 0; n <= interrupt; n++) {
      reader.touch(siti);
      await clock.advance(0);
    }
    expect(await shot).toBe(code);
  });

  test('failures that are not in a row do not add up', async () => {
    const { reader, clock, inTime, opened } = openPlace();
    const { capture, lifted } = await opened();
    const heardTheThirdTime = async (happens: () => void) => {
      reader.misbehave({ refuses: { control: 0, interrupt: 2 } });
      for (let n = 0; n < 3; n++) {
        happens();
        await clock.advance(0);
      }
    };
    const shot = capture();
    await clock.advance(0);
    await heardTheThirdTime(() => reader.touch(siti));
    await inTime(shot);
    const going = lifted();
    await heardTheThirdTime(() => reader.lift());
    await inTime(going);
  });

  test('after a mode that may or may not have been set, the light is turned off all the same', async () => {
    const { reader, opened } = openPlace();
    const { capture, close, code } = await opened();
    await code(capture());
    reader.misbehave({ refuses: { control: 1, interrupt: 0 } });
    expect(await code(capture())).toBe(noAnswer);
    await close();
    expect(reader.asked.filter((one) => one === 'write 4e 70')).toHaveLength(2);
  });

  test('a picture that cannot be asked for is not waited for', async () => {
    const { reader, clock, opened } = openPlace();
    const { capture, code } = await opened();
    const ends = code(capture());
    await clock.advance(10);
    reader.misbehave({ refuses: { control: 1, interrupt: 0 } });
    reader.touch(siti);
    expect(await ends).toBe(noAnswer);
    expect(clock.sleepers).toBe(0);
  });

  test('a key of no bytes is no key', async () => {
    const { reader, opened } = openPlace();
    const { capture, code } = await opened();
    reader.misbehave({ answersEmpty: true });
    reader.touch(siti);
    expect(await code(capture())).toBe(noAnswer);
  });

  test('a silent reader does not hold up whoever closes it for ever', async () => {
    const { reader, opened } = openPlace();
    const { close } = await opened();
    reader.misbehave({ silent: true });
    await close();
    expect(reader.isOpen).toBe(false);
  });
});
