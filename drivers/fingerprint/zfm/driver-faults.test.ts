import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { CaptureNews } from '../fingerprint-scanner.ts';
import { type PersonalityName, personalities } from './simulator/personality.ts';
import { openPlaten } from './simulator/platen.ts';
import { simulateZfm, type ZfmFault, type ZfmPersonality } from './simulator/simulator.ts';
import { fingerOf, patiently, placeOf, slower } from './test-place.ts';

const RUNS = 20;
const silent = { code: 'fingerprint-scanner/no-answer' };
const unreachable = { code: 'fingerprint-scanner/unreachable' };

interface Given {
  like?: Partial<ZfmPersonality>;
  times?: number;
  /** `null`: at once, for stories that count bytes and not seconds. */
  pacing?: 'baud' | null;
}

/** A module that the driver has open, of the quickest kind unless another is named; behind a slow adapter on request. */
async function place(personality: PersonalityName = 'r503', given: Given = {}) {
  const { like = {}, times = 1, pacing = 'baud' } = given;
  const clock = manualClock();
  const glass = openPlaten();
  const kind: ZfmPersonality = { ...personalities[personality], ...like };
  const module = simulateZfm({ personality: kind, finger: glass, clock, random: seededRandom('zfm'), pacing });
  const on = placeOf(times === 1 ? module : slower(module, clock, times), clock);
  const finger = (number: number) => fingerOf(kind, number);
  const options = personality === 'r308' ? { model: 'r308' as const } : {};
  const openAgain = () => on.open(options);
  return { ...on, clock, glass, module, finger, openAgain, scanner: await openAgain() };
}

/** The same, `afterMs` into a capture whose finger lay there from the start: 300 ms, and its picture is on its way. */
async function capturing(afterMs: number, personality?: PersonalityName) {
  const on = await place(personality);
  on.glass.present(on.finger(1));
  const capture = on.scanner.capture(patiently());
  void capture.catch(() => undefined); // looked at when the story comes to it
  await on.clock.advance(afterMs);
  return { ...on, capture };
}

/** How many bytes an R503 has said when its picture begins: one answer each to light, look, next question and picture. */
const BEFORE_PICTURE = 12 + 12 + 14 + 12;
const PICTURE = 144 * 139;

const places = {
  'the header of the first answer': 0,
  'its address': 3,
  'its length': 8,
  'its confirmation': 9,
  'the look': 12 + 9,
  'the question after it': 24 + 7,
  'the answer before the picture': 38 + 1,
  'the first packet': BEFORE_PICTURE,
  'the length of a packet': BEFORE_PICTURE + 139 + 8,
  'the middle of the picture': BEFORE_PICTURE + 10_000,
  'the kind of the last packet': BEFORE_PICTURE + PICTURE - 133,
  'the very last byte': BEFORE_PICTURE + PICTURE - 1,
};

describe.each(['drop-byte', 'flip-byte', 'stray-55', 'cut-off'] as const)('%s', (is) => {
  test.each(Object.entries(places))('in %s costs time, and no picture', async (_, at) => {
    const { glass, module, finger, scanner, soon } = await place('r503', { pacing: null });
    module.misbehave({ is, at });
    glass.present(finger(1));
    const { image } = await soon(scanner.capture(patiently()));
    expect(image).toEqual(finger(1));
    expect(scanner.status).toEqual({ state: 'ready' });
  });

  test.each([0, 5, 9, 20, 30, 50])('at byte %i of what is said while it is opened costs time only', async (at) => {
    const { module, scanner, openAgain, soon } = await place('r503', { pacing: null });
    await soon(Promise.resolve(scanner[Symbol.asyncDispose]()));
    module.misbehave({ is, at });
    expect((await openAgain()).info).toEqual(scanner.info);
  });

  test.each(['zfm20', 'r308'] as const)('in the picture of a %s, which takes twice as long', async (kind) => {
    const { glass, module, finger, scanner, soon } = await place(kind);
    module.misbehave({ is, at: 25_000 });
    glass.present(finger(1));
    expect((await soon(scanner.capture(patiently()))).image).toEqual(finger(1));
  });
});

describe('an answer that comes late', () => {
  test.each([
    ['to the light', 0],
    ['to the first look', 10],
    ['to a later look', 1_000],
  ])('%s: the picture is of the finger that lies there', async (_, afterMs) => {
    const { clock, glass, module, finger, scanner, soon } = await place();
    const capture = scanner.capture(patiently());
    await clock.advance(afterMs);
    module.misbehave('late-ack');
    await clock.advance(500);
    glass.present(finger(1));
    expect((await soon(capture)).image).toEqual(finger(1));
  });

  test('the late answer to the light is no touch of an empty glass', async () => {
    const { clock, glass, module, finger, scanner, soon } = await place();
    const news: CaptureNews[] = [];
    module.misbehave('late-ack');
    const capture = scanner.capture(patiently({ tell: (told) => news.push(told) }));
    await clock.advance(10_000);
    expect(news).toEqual([{ is: 'waiting' }]);
    glass.present(finger(1));
    expect((await soon(capture)).image).toEqual(finger(1));
  });

  test.each([205, 210, 215, 220])('%i ms after a touch, around the picture: it is asked for again', async (afterMs) => {
    const { clock, glass, module, finger, scanner, soon } = await place();
    glass.present(finger(1));
    const capture = scanner.capture(patiently());
    await clock.advance(afterMs);
    module.misbehave('late-ack');
    expect((await soon(capture)).image).toEqual(finger(1));
  });

  test('the touch of a finger that has gone is no touch', async () => {
    const { clock, glass, module, finger, scanner, soon } = await place();
    const capture = scanner.capture(patiently());
    await clock.advance(1_000);
    glass.present(finger(1));
    module.misbehave('late-ack'); // says "a finger" only when it is asked again
    await clock.advance(400);
    glass.lift();
    await clock.advance(10_000);
    glass.present(finger(2));
    expect((await soon(capture)).image).toEqual(finger(2));
  });
});

describe('a module that falls silent', () => {
  test('ends the capture, is away, and is found when it speaks again', async () => {
    const { glass, module, finger, scanner, soon, openLinks, openAgain } = await place();
    module.misbehave('silent');
    await expect(soon(scanner.capture(patiently()))).rejects.toMatchObject(silent);
    expect(scanner.status.state).toBe('away');
    expect(openLinks()).toBe(0);
    module.misbehave('none');
    glass.present(finger(1));
    const again = await openAgain();
    expect((await soon(again.capture(patiently()))).image).toEqual(finger(1));
  });

  test.each(['zfm20', 'r503', 'r308'] as const)(
    'in the middle of the picture of a %s is told in seconds',
    async (kind) => {
      const { clock, module, capture, soon } = await capturing(2_000, kind);
      module.misbehave({ is: 'power-cut', at: 0 });
      await expect(soon(capture)).rejects.toMatchObject(silent);
      expect(clock.monotonicMs()).toBeLessThan(2_000 + 6_000);
    },
  );

  test('because its speed has changed is found at the new one', async () => {
    const { module, capture, soon, openAgain, openedAt } = await capturing(1_000);
    module.misbehave({ is: 'baud', n: 12 });
    await expect(soon(capture)).rejects.toMatchObject(silent);
    const again = await openAgain();
    expect(openedAt).toEqual([57_600, 57_600, 115_200]);
    expect(again.status).toEqual({ state: 'ready' });
  });
});

describe('a power cut in the middle of a picture', () => {
  test.each(['zfm20', 'r503'] as const)('of a %s: a finger that still lies there is taken again', async (kind) => {
    const { clock, module, finger, capture, soon } = await capturing(2_000, kind);
    module.powerOff();
    await clock.advance(100);
    module.powerOn();
    expect((await soon(capture)).image).toEqual(finger(1));
  });

  test('a finger that has gone is asked for again, and the scanner is well with the next one', async () => {
    const { clock, glass, module, finger, scanner, capture, soon } = await capturing(2_000);
    module.powerOff();
    glass.lift();
    await clock.advance(100);
    module.powerOn();
    await expect(soon(capture)).rejects.toMatchObject(silent);
    const next = scanner.capture(patiently());
    await clock.advance(1_000);
    glass.present(finger(2));
    expect((await soon(next)).image).toEqual(finger(2));
    expect(scanner.status).toEqual({ state: 'ready' });
  });

  test('a module with a password is told it again', async () => {
    const { glass, module, finger, scanner, tells, open, clock, soon } = await place();
    await soon(Promise.resolve(scanner[Symbol.asyncDispose]()));
    await tells(0xffffffff, 0x12, 0, 0, 0, 9);
    const known = await open({ password: 9 });
    glass.present(finger(1));
    const capture = known.capture(patiently());
    await clock.advance(2_000);
    module.powerOff();
    module.powerOn();
    expect((await soon(capture)).image).toEqual(finger(1));
  });
});

describe('a cable that is pulled', () => {
  test.each([
    ['while it waits', 1_000],
    ['in the middle of a picture', 2_000],
  ])('%s', async (_, afterMs) => {
    const { clock, glass, module, finger, scanner, soon } = await place();
    if (afterMs > 1_000) glass.present(finger(1));
    const capture = scanner.capture(patiently());
    const told = expect(capture).rejects.toMatchObject(unreachable);
    await clock.advance(afterMs);
    module.misbehave('drop-link');
    await soon(told);
    expect(scanner.status.state).toBe('away');
    await expect(soon(scanner.capture(patiently()))).rejects.toMatchObject(unreachable);
  });
});

test('a sensor that takes no picture is a fault of the hardware, and is well when it is mended', async () => {
  const { module, glass, finger, scanner, soon } = await place();
  module.misbehave('sensor-broken');
  glass.present(finger(1));
  await expect(soon(scanner.capture(patiently()))).rejects.toMatchObject({ code: 'fingerprint-scanner/hardware' });
  expect(scanner.status).toEqual({ state: 'needs-attention', problem: 'fingerprint-scanner/hardware' });
  module.misbehave('none');
  await soon(scanner.capture(patiently()));
  expect(scanner.status).toEqual({ state: 'ready' });
});

describe('an R503 that has neither ring nor product', () => {
  test.each([0xfc, 0x19, 'silence'] as const)('and says so by %s: it is an R503 all the same', async (toUnknown) => {
    const instructions = personalities.zfm20.instructions;
    const { glass, finger, scanner, soon } = await place('r503', { like: { instructions, toUnknown } });
    expect(scanner.info).toMatchObject({ model: 'r503', serial: null, widthPx: 192 });
    glass.present(finger(1));
    expect((await soon(scanner.capture(patiently()))).image).toEqual(finger(1));
  });

  test('is not asked for light for ever', async () => {
    const like = { instructions: personalities.zfm20.instructions, toUnknown: 'silence' } as const;
    const { clock, glass, finger, scanner, soon } = await place('r503', { like });
    glass.present(finger(1));
    await soon(scanner.capture(patiently()));
    glass.lift();
    await soon(scanner.untilLifted({ timeoutMs: 10_000, signal: new AbortController().signal }));
    glass.present(finger(2));
    const askedAtMs = clock.monotonicMs();
    const { atMs } = await soon(scanner.capture(patiently()));
    expect(atMs - askedAtMs).toBeLessThan(4_000);
  });
});

test('a module that tells the size of its picture is believed', async () => {
  const size = { widthPx: 160, heightPx: 160 };
  const { glass, finger, scanner, soon } = await place('r503', { like: size });
  expect(scanner.info).toMatchObject(size);
  glass.present(finger(1));
  expect((await soon(scanner.capture(patiently()))).image).toEqual(finger(1));
});

describe('a picture that takes', () => {
  test('1.4 times as long as it should still comes', async () => {
    const { glass, finger, scanner, soon } = await place('zfm20', { times: 1.4 });
    glass.present(finger(1));
    expect((await soon(scanner.capture(patiently()))).image).toEqual(finger(1));
  });

  test('twice as long as it should is given up, both times at its deadline', async () => {
    const { clock, glass, finger, scanner, soon } = await place('zfm20', { times: 2 });
    glass.present(finger(1));
    await expect(soon(scanner.capture(patiently()))).rejects.toMatchObject(silent);
    const pictures = 2 * 1.5 * 6_950 + 2_000;
    expect(clock.monotonicMs()).toBeGreaterThan(pictures);
    expect(clock.monotonicMs()).toBeLessThan(pictures + 6_000);
  });
});

test('whatever goes wrong, and whenever: the picture of the finger on the glass, or none', async () => {
  const kinds = ['drop-byte', 'flip-byte', 'stray-55', 'cut-off', 'late-ack'] as const;
  const moment = fc.record({ kind: fc.constantFrom(...kinds), afterMs: fc.nat(6_000), at: fc.nat(60) });
  const story = async (faults: { kind: (typeof kinds)[number]; afterMs: number; at: number }[], touchedMs: number) => {
    const { clock, glass, module, finger, scanner, soon } = await place();
    const beganMs = clock.monotonicMs();
    let isEarly = false;
    const tell = ({ is }: CaptureNews) => {
      isEarly ||= is === 'touched' && glass.finger === null;
    };
    const strike = async ({ kind, afterMs, at }: (typeof faults)[number]) => {
      await clock.sleep(afterMs);
      module.misbehave(kind === 'late-ack' ? kind : { is: kind, at });
    };
    for (const fault of faults) void strike(fault);
    void clock.sleep(touchedMs).then(() => glass.present(finger(1)));
    const [outcome] = await soon(Promise.allSettled([scanner.capture(patiently({ tell }))]));
    expect([isEarly, clock.monotonicMs() - beganMs < 60_000]).toEqual([false, true]);
    if (outcome.status === 'fulfilled') expect(outcome.value.image).toEqual(finger(1));
    else expect(outcome.reason).toMatchObject(silent);
  };
  const faults = fc.array(moment, { minLength: 1, maxLength: 4 });
  await fc.assert(fc.asyncProperty(faults, fc.nat(4_000), story), { numRuns: RUNS });
}, 60_000);

test('two faults in one picture are more than a cable may have', async () => {
  const { module, glass, finger, clock, scanner, soon } = await place();
  const fault: ZfmFault = { is: 'flip-byte', at: 5_000 };
  module.misbehave(fault);
  glass.present(finger(1));
  const capture = scanner.capture(patiently());
  void capture.catch(() => undefined);
  await clock.advance(4_500);
  module.misbehave(fault);
  await expect(soon(capture)).rejects.toMatchObject(silent);
  expect(scanner.status).toEqual({ state: 'needs-attention', problem: 'fingerprint-scanner/no-answer' });
});
