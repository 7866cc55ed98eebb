import { describe, expect, test } from 'vitest';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { Judge } from '../capture.ts';
import type { CaptureNews } from '../fingerprint-scanner.ts';
import { openZfmScanner, type ZfmOptions } from './driver/zfm.ts';
import { ANY_ADDRESS } from './protocol/frame.ts';
import { type PersonalityName, personalities } from './simulator/personality.ts';
import { openPlaten } from './simulator/platen.ts';
import { simulateZfm } from './simulator/simulator.ts';
import { fingerOf, patiently, placeOf } from './test-place.ts';

const kinds = Object.keys(personalities) as PersonalityName[];
/** An R308 tells no settings, so its cabinet file has to name it. */
const optionsFor = (personality: PersonalityName): ZfmOptions => (personality === 'r308' ? { model: 'r308' } : {});
const never = new AbortController().signal;

/** A module with an empty glass, that takes its time like a real one. */
function table(personality: PersonalityName = 'zfm20', pacing: 'baud' | null = 'baud') {
  const clock = manualClock();
  const glass = openPlaten();
  const module = simulateZfm({ personality, finger: glass, clock, random: seededRandom('zfm'), pacing });
  const finger = (number: number) => fingerOf(personalities[personality], number);
  return { clock, glass, module, finger, ...placeOf(module, clock) };
}

/** The same, opened by the driver. */
async function place(personality?: PersonalityName, judge?: Judge) {
  const on = table(personality);
  const scanner = await on.open(optionsFor(personality ?? 'zfm20'), judge);
  return { ...on, scanner };
}

describe('opening', () => {
  test.each([
    ['zfm20', { model: 'zfm20', serial: null, widthPx: 256, heightPx: 288, dpi: 500, greyLevels: 16, hasPad: false }],
    ['r308', { model: 'r308', serial: null, widthPx: 256, heightPx: 288, dpi: 500, greyLevels: 16, hasPad: false }],
    [
      'r503',
      { model: 'R503', serial: '00000001', widthPx: 192, heightPx: 192, dpi: 508, greyLevels: 16, hasPad: false },
    ],
  ] as const)('a %s tells what it is', async (personality, info) => {
    const { scanner, openedAt } = await place(personality);
    expect(scanner.info).toEqual(info);
    expect(scanner.status).toEqual({ state: 'ready' });
    expect(openedAt).toEqual([57_600]);
  });

  test.each(kinds)('waits for a %s that has just got its power', async (personality) => {
    const { module, open, openedAt } = table(personality);
    module.powerOff();
    module.powerOn();
    expect((await open(optionsFor(personality))).info).not.toBeNull();
    expect(openedAt).toEqual([57_600]);
  });

  test.each([
    [12, [57_600, 115_200]],
    [1, [57_600, 115_200, 9_600]],
    [4, [57_600, 115_200, 9_600, 19_200, 38_400]],
  ])('finds a module that speaks at %i times 9600 baud', async (n, tried) => {
    const { module, open, openedAt } = table();
    module.misbehave({ is: 'baud', n });
    await open();
    expect(openedAt).toEqual(tried);
  });

  test('nobody there is unreachable', async () => {
    const { module, open, openedAt } = table();
    module.powerOff();
    await expect(open()).rejects.toMatchObject({ code: 'fingerprint-scanner/unreachable' });
    expect(openedAt).toHaveLength(5);
  });

  test('a module with a password opens for whoever knows it', async () => {
    const { module, tells, open } = table();
    await tells(ANY_ADDRESS, 0x12, 0xca, 0xfe, 0x00, 0x01);
    module.powerOff();
    module.powerOn();
    await expect(open()).rejects.toMatchObject({ code: 'fingerprint-scanner/locked' });
    expect((await open({ password: 0xcafe0001 })).status).toEqual({ state: 'ready' });
  });

  test('a module with an address of its own answers to that only', async () => {
    const { tells, open } = table();
    await tells(ANY_ADDRESS, 0x15, 0x00, 0x00, 0x00, 0x07);
    await expect(open({ baudRates: [57_600] })).rejects.toMatchObject({ code: 'fingerprint-scanner/unreachable' });
    expect((await open({ address: 7 })).status).toEqual({ state: 'ready' });
  });

  test('an R308 that nobody has named says why it cannot be used, and can be with fixed parameters', async () => {
    const { open } = table('r308');
    await expect(open()).rejects.toThrow(/name the model/);
    expect((await open({ chunkBytes: 128 })).info).toMatchObject({ widthPx: 256 });
  });

  test('what was measured goes before what the model is said to be', async () => {
    const { open } = table();
    expect((await open({ model: 'r307', calibration: { dpi: 491 } })).info).toMatchObject({ model: 'r307', dpi: 491 });
  });

  test('a line that is not there is unreachable', async () => {
    const { clock, soon } = table();
    const openLinkAt = () => () => Promise.reject(new DeviceError('link/unreachable', 'no such port'));
    const opening = openZfmScanner({ openLinkAt, clock, judge: () => expect.fail() });
    await expect(soon(opening)).rejects.toMatchObject({ code: 'fingerprint-scanner/unreachable' });
  });

  test('that is given up leaves no link behind', async () => {
    const { clock, module, opening, openLinks } = table();
    module.powerOff();
    const search = new AbortController();
    const given = expect(opening({}, undefined, search.signal)).rejects.toThrow('closing time');
    await clock.advance(1_000);
    expect(openLinks()).toBe(1);
    search.abort(new Error('closing time'));
    await given;
    expect(openLinks()).toBe(0);
  });

  test('that fails leaves no link behind', async () => {
    const { module, open, openLinks } = table();
    module.powerOff();
    await expect(open()).rejects.toThrow();
    expect(openLinks()).toBe(0);
  });
});

describe('a picture', () => {
  test.each(kinds)('of a %s is the finger, in 16 greys', async (personality) => {
    const { glass, finger, scanner, soon } = await place(personality);
    glass.present(finger(1));
    const { image } = await soon(scanner.capture(patiently()));
    expect(image).toEqual(finger(1));
  });

  test('is told as it comes: waiting, touched, and twenty steps of reading', async () => {
    const { clock, glass, finger, scanner, soon } = await place();
    const news: CaptureNews[] = [];
    const capture = scanner.capture(patiently({ tell: (told) => news.push(told) }));
    await clock.advance(3_000);
    expect(news).toEqual([{ is: 'waiting' }]);
    glass.present(finger(1));
    await soon(capture);
    expect(news[1]).toEqual({ is: 'touched' });
    const parts = news.flatMap((told) => (told.is === 'reading' ? [told.part] : []));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect([parts.length >= 20, parts.length <= 22, parts.at(-1)! > 0.94]).toEqual([true, true, true]);
  });

  test.each([
    ['zfm20', 6, 6.95],
    ['zfm20', 12, 3.48],
    ['r503', 6, 3.48],
    ['r503', 12, 1.74],
  ] as const)(
    'of a %s at %i times 9600 baud takes the seconds that the wire needs',
    async (personality, n, seconds) => {
      const { clock, module, glass, finger, open, soon } = table(personality);
      module.misbehave({ is: 'baud', n });
      const scanner = await open();
      let touchedAtMs = 0;
      const tell = ({ is }: CaptureNews) => {
        if (is === 'touched') touchedAtMs = clock.monotonicMs();
      };
      glass.present(finger(1));
      const { atMs } = await soon(scanner.capture(patiently({ tell })));
      expect((atMs - touchedAtMs) / 1_000).toBeGreaterThan(seconds - 0.01);
      expect((atMs - touchedAtMs) / 1_000).toBeLessThan(seconds + 0.05);
    },
  );

  test('comes in whatever packets the module likes', async () => {
    const { module, glass, finger, scanner, soon } = await place();
    module.misbehave('wrong-chunks');
    glass.present(finger(1));
    expect((await soon(scanner.capture(patiently()))).image.pixels).toEqual(finger(1).pixels);
  });
});

describe('a visit', () => {
  test('two captures at once take turns, and each gets a finger of its own', async () => {
    const { clock, glass, finger, scanner, soon } = await place('r503');
    const both = Promise.all([scanner.capture(patiently()), scanner.capture(patiently())]);
    glass.present(finger(1));
    await clock.advance(6_000);
    glass.lift();
    await clock.advance(1_000);
    glass.present(finger(2));
    const [first, second] = await soon(both);
    expect(first.image.pixels).toEqual(finger(1).pixels);
    expect(second.image.pixels).toEqual(finger(2).pixels);
  });

  test('the same picture twice is refused: no finger lies the same way again', async () => {
    const { clock, glass, finger, scanner, soon } = await place('r503');
    glass.present(finger(1));
    await soon(scanner.capture(patiently()));
    glass.lift();
    const again = scanner.capture(patiently());
    await clock.advance(1_000);
    glass.present(finger(1));
    await expect(soon(again)).rejects.toMatchObject({ code: 'fingerprint-scanner/repeated-image' });
  });

  test('a poor picture is followed by a better one', async () => {
    const scores = [20, 70];
    const judge: Judge = () => ({
      quality: { score: scores.shift() ?? 0, foreground: 1, contrast: 1, minutiae: 9, coverage: 1 },
      hint: 'press',
    });
    const { clock, glass, finger, scanner, soon } = await place('r503', judge);
    glass.present(finger(1));
    const capture = scanner.capture(patiently());
    await clock.advance(5_000);
    glass.lift();
    await clock.advance(500);
    glass.present(finger(2));
    expect(await soon(capture)).toMatchObject({ quality: { score: 70 }, image: { pixels: finger(2).pixels } });
  });

  test('nobody touches the glass in time', async () => {
    const { clock, module, scanner, soon } = await place('r503');
    const code = 'fingerprint-scanner/no-finger';
    await expect(soon(scanner.capture(patiently({ timeoutMs: 5_000 })))).rejects.toMatchObject({ code });
    expect(scanner.status).toEqual({ state: 'ready' });
    await clock.advance(50);
    expect(module.led).toMatchObject({ control: 4 });
  });

  test('the finger is gone when it is gone', async () => {
    const { clock, glass, finger, scanner, soon } = await place('r503');
    glass.present(finger(1));
    await soon(scanner.capture(patiently()));
    let lifted = false;
    const lifting = scanner.untilLifted({ timeoutMs: 20_000, signal: never }).then(() => {
      lifted = true;
    });
    await clock.advance(3_000);
    expect(lifted).toBe(false);
    glass.lift();
    await soon(lifting);
  });

  test('the ring of an R503 breathes blue while it waits, is green with a picture, and dark without a finger', async () => {
    const { clock, module, glass, finger, scanner, soon } = await place('r503');
    const capture = scanner.capture(patiently());
    await clock.advance(500);
    expect(module.led).toMatchObject({ control: 1, colour: 2 });
    glass.present(finger(1));
    await soon(capture);
    await clock.advance(50);
    expect(module.led).toMatchObject({ control: 3, colour: 4 });
    const lifting = scanner.untilLifted({ timeoutMs: 20_000, signal: never });
    glass.lift();
    await soon(lifting);
    await clock.advance(50);
    expect(module.led).toMatchObject({ control: 4 });
  });

  test('a closed scanner leaves the ring dark and the line free', async () => {
    const { clock, module, scanner, soon } = await place('r503');
    const capture = scanner.capture(patiently());
    const refused = expect(capture).rejects.toMatchObject({ code: 'fingerprint-scanner/unreachable' });
    await clock.advance(1_000);
    await soon(Promise.resolve(scanner[Symbol.asyncDispose]()));
    await refused;
    expect(module.led).toMatchObject({ control: 4 });
    expect(scanner.status.state).toBe('away');
  });
});

describe('giving up', () => {
  const over = new Error('the visit is over');

  /** Gives up `afterMs` into a capture; then the next citizen comes. */
  async function givenUpAfter(afterMs: number, setUp: (on: Awaited<ReturnType<typeof place>>) => void) {
    const on = await place('r503');
    const { clock, glass, finger, scanner, soon } = on;
    const visit = new AbortController();
    setUp(on);
    const capture = scanner.capture(patiently({ signal: visit.signal }));
    const given = expect(capture).rejects.toBe(over);
    await clock.advance(afterMs);
    visit.abort(over);
    await given;
    glass.lift();
    const next = scanner.capture(patiently());
    await clock.advance(6_000);
    glass.present(finger(2));
    return (await soon(next)).image.pixels;
  }

  test.each([
    ['before it begins', 0],
    ['while it waits for a finger', 1_500],
  ])("%s: the next finger is the next citizen's", async (_, afterMs) => {
    expect(await givenUpAfter(afterMs, () => undefined)).toEqual(fingerOf(personalities.r503, 2).pixels);
  });

  test('while the picture comes: it is read to its end, dropped, and never given to the next citizen', async () => {
    const touched = ({ glass, finger }: Awaited<ReturnType<typeof place>>) => glass.present(finger(1));
    expect(await givenUpAfter(2_000, touched)).toEqual(fingerOf(personalities.r503, 2).pixels);
  });

  test('while another citizen has the turn: nobody is disturbed', async () => {
    const { clock, glass, finger, scanner, soon } = await place('r503');
    const first = scanner.capture(patiently());
    const visit = new AbortController();
    const given = expect(scanner.capture(patiently({ signal: visit.signal }))).rejects.toBe(over);
    await clock.advance(500);
    visit.abort(over);
    await given;
    glass.present(finger(1));
    expect((await soon(first)).image).toEqual(finger(1));
  });

  test('by closing it in the middle of a picture: the line is free at once', async () => {
    const { clock, glass, finger, scanner, soon, openLinks } = await place('r503');
    glass.present(finger(1));
    const told = expect(scanner.capture(patiently())).rejects.toMatchObject({
      code: 'fingerprint-scanner/unreachable',
    });
    await clock.advance(2_000);
    const closedAtMs = clock.monotonicMs();
    await soon(Promise.resolve(scanner[Symbol.asyncDispose]()));
    await told;
    expect(openLinks()).toBe(0);
    expect(clock.monotonicMs() - closedAtMs).toBeLessThanOrEqual(50);
  });

  test('while the finger lies there: the wait ends, the finger is still waited for later', async () => {
    const { clock, glass, finger, scanner, soon } = await place('r503');
    glass.present(finger(1));
    await soon(scanner.capture(patiently()));
    const visit = new AbortController();
    const lifting = scanner.untilLifted({ timeoutMs: 20_000, signal: visit.signal });
    const given = expect(lifting).rejects.toBe(over);
    await clock.advance(1_000);
    visit.abort(over);
    await given;
    glass.lift();
    await soon(scanner.untilLifted({ timeoutMs: 20_000, signal: never }));
  });
});
