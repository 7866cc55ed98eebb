import { expect, test } from 'vitest';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { type CaptureBackend, CaptureLoop } from './capture.ts';
import type { CaptureNews, CaptureOptions, FingerprintScannerStatus } from './fingerprint-scanner.ts';
import type { GreyImage } from './grey-image.ts';
import { codeOf, soon } from './test-time.ts';

const never = new AbortController().signal;
const picture = (no: number): GreyImage => ({ widthPx: 2, heightPx: 1, dpi: 500, pixels: Uint8Array.of(no, 0) });
/** The first pixel of a picture is its quality. */
const judge = ({ pixels: [score = 0] }: GreyImage) => ({
  quality: { score, foreground: 1, contrast: 1, minutiae: 20, coverage: 1 },
  hint: score < 50 ? ('press' as const) : null,
});

type Step = { does: keyof CaptureBackend; resolve: (image?: GreyImage) => void; reject: (error: Error) => void };

/** A scanner without a device: each thing it is asked waits until the test lets it happen. */
function openPlace() {
  const clock = manualClock();
  const steps: Step[] = [];
  const did: string[] = [];
  const ask = (does: Step['does'], signal: AbortSignal) =>
    new Promise<GreyImage>((resolve, reject) => {
      did.push(does);
      steps.push({ does, resolve: (image = picture(0)) => resolve(image), reject });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  const parts: ((part: number) => void)[] = [];
  const backend: CaptureBackend = {
    untilTouched: (signal) => ask('untilTouched', signal).then(() => undefined),
    untilLifted: (signal) => ask('untilLifted', signal).then(() => undefined),
    readImage(tell, signal) {
      parts.push(tell);
      return ask('readImage', signal);
    },
  };
  const loop = new CaptureLoop({ backend, judge, clock });
  /** Waits until the loop asks for it, then lets it happen. */
  const happens = async (does: Step['does'], image?: GreyImage) => {
    await clock.advance(0);
    const step = steps.splice(0).at(-1);
    expect(step?.does).toBe(does);
    step?.resolve(image);
    await clock.advance(0);
  };
  const fails = async (error: Error) => {
    await clock.advance(0);
    steps.splice(0).at(-1)?.reject(error);
  };
  const capture = (options: Partial<CaptureOptions> = {}) => {
    const work = loop.capture({ timeoutMs: 1_000, minQuality: 50, signal: never, ...options });
    work.catch(() => undefined);
    return work;
  };
  return { clock, loop, did, parts, capture, happens, fails };
}

test('a good picture ends the wait, and what happened was told on the way', async () => {
  const place = openPlace();
  const news: CaptureNews[] = [];
  const shot = place.capture({ tell: (one) => news.push(one) });
  await place.happens('untilTouched');
  place.parts[0]?.(0.5);
  await place.happens('readImage', picture(80));
  expect(await shot).toMatchObject({ quality: { score: 80 }, hint: null, image: picture(80), atMs: 0 });
  expect(news).toEqual([{ is: 'waiting' }, { is: 'touched' }, { is: 'reading', part: 0.5 }]);
  expect(place.loop.status).toEqual({ state: 'ready' });
  expect(place.clock.sleepers).toBe(0);
});

test('a poor picture brings a hint, and the next one only after the finger has gone', async () => {
  const place = openPlace();
  const hints: CaptureNews[] = [];
  const shot = place.capture({ tell: (one) => one.is === 'hint' && hints.push(one) });
  await place.happens('untilTouched');
  await place.happens('readImage', picture(20));
  await place.happens('untilLifted');
  await place.happens('untilTouched');
  await place.happens('readImage', picture(70));
  expect((await shot).quality.score).toBe(70);
  expect(hints).toEqual([{ is: 'hint', hint: 'press' }]);
});

test('at the end of the time the best picture so far is given, not the last', async () => {
  const place = openPlace();
  const shot = place.capture();
  for (const score of [20, 40, 30]) {
    await place.happens('untilTouched');
    await place.happens('readImage', picture(score));
    await place.happens('untilLifted');
  }
  expect((await soon(place.clock, shot)).quality.score).toBe(40);
  expect(place.clock.monotonicMs()).toBe(1_000);
});

test('nobody touched the glass: no finger, and the scanner is ready for the next', async () => {
  const place = openPlace();
  expect(await soon(place.clock, codeOf(place.capture()))).toBe('fingerprint-scanner/no-finger');
  expect(place.loop.status).toEqual({ state: 'ready' });
});

test('a finger that came in time is read although the time ends meanwhile', async () => {
  const place = openPlace();
  const shot = place.capture();
  await place.happens('untilTouched');
  await place.clock.advance(5_000);
  await place.happens('readImage', picture(30));
  expect((await shot).quality.score).toBe(30);
});

test('a finger that stays on the glass is no second finger', async () => {
  const place = openPlace();
  const first = place.capture();
  await place.happens('untilTouched');
  await place.happens('readImage', picture(60));
  await first;
  expect(await soon(place.clock, codeOf(place.capture()))).toBe('fingerprint-scanner/no-finger');
  expect(place.did).toEqual(['untilTouched', 'readImage', 'untilLifted']);
});

test('a picture that is the last one to the bit is refused, also from one capture to the next', async () => {
  const place = openPlace();
  const take = async (image: GreyImage) => {
    const shot = place.capture();
    if (place.did.length > 0) await place.happens('untilLifted');
    await place.happens('untilTouched');
    await place.happens('readImage', image);
    return codeOf(shot);
  };
  expect(await take(picture(60))).toBeNull();
  expect(await take(picture(60))).toBe('fingerprint-scanner/repeated-image');
  expect(place.loop.status).toEqual({ state: 'ready' });
  expect(await take(picture(61))).toBeNull();
});

test('two captures at once: the second waits for its turn, and its time begins then', async () => {
  const place = openPlace();
  const first = place.capture({ timeoutMs: 3_000 });
  const second = place.capture({ timeoutMs: 1_000 });
  await place.clock.advance(2_000);
  expect(place.did).toEqual(['untilTouched']);
  await place.happens('untilTouched');
  await place.happens('readImage', picture(60));
  await first;
  await place.happens('untilLifted');
  await place.happens('untilTouched');
  await place.happens('readImage', picture(70));
  expect((await second).quality.score).toBe(70);
});

test('aborted while waiting: at once, and nothing is under way', async () => {
  const place = openPlace();
  const stop = new AbortController();
  const shot = place.capture({ signal: stop.signal });
  await place.clock.advance(10);
  stop.abort(new Error('she walked away'));
  await expect(shot).rejects.toThrow('she walked away');
  await place.clock.advance(0);
  expect(place.loop.status).toEqual({ state: 'ready' });
  expect(place.clock.sleepers).toBe(0);
});

test('aborted while a picture comes: the caller is free at once, the picture is read to its end and dropped', async () => {
  const place = openPlace();
  const stop = new AbortController();
  const news: CaptureNews[] = [];
  const shot = place.capture({ signal: stop.signal, tell: (one) => news.push(one) });
  await place.happens('untilTouched');
  stop.abort(new Error('she walked away'));
  await expect(shot).rejects.toThrow('she walked away');
  expect(place.loop.status).toEqual({ state: 'capturing' });
  place.parts[0]?.(1);
  expect(news.at(-1)).toEqual({ is: 'touched' });

  const next = place.capture();
  await place.happens('readImage', picture(90));
  expect(place.did).toEqual(['untilTouched', 'readImage', 'untilLifted']);
  await place.happens('untilLifted');
  await place.happens('untilTouched');
  await place.happens('readImage', picture(90));
  expect(await codeOf(next)).toBe('fingerprint-scanner/repeated-image'); // dropped, but not forgotten
});

test('a finger that comes in the very last moment has come', async () => {
  const place = openPlace();
  const backend: CaptureBackend = {
    async untilTouched(signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      for (let turns = 0; turns < 20; turns++) await null; // the time is over before it says so
    },
    untilLifted: async () => undefined,
    readImage: async () => picture(30),
  };
  const loop = new CaptureLoop({ backend, judge, clock: place.clock });
  const shot = soon(place.clock, loop.capture({ timeoutMs: 100, minQuality: 1, signal: never }));
  expect((await shot).quality.score).toBe(30);
});

test('a picture that is dropped is looked at by nobody', async () => {
  const place = openPlace();
  let judged = 0;
  const coming = Promise.withResolvers<GreyImage>();
  const backend: CaptureBackend = {
    untilTouched: async () => undefined,
    untilLifted: async () => undefined,
    readImage: () => coming.promise,
  };
  const counting = (image: GreyImage) => {
    judged += 1;
    return judge(image);
  };
  const loop = new CaptureLoop({ backend, judge: counting, clock: place.clock });
  const stop = new AbortController();
  const shot = codeOf(loop.capture({ timeoutMs: 100, minQuality: 1, signal: stop.signal }));
  await place.clock.advance(0);
  stop.abort(new Error('she walked away'));
  coming.resolve(picture(80));
  expect(await shot).toBe('she walked away');
  await place.clock.advance(0);
  expect([judged, loop.status]).toEqual([0, { state: 'ready' }]);
});

test('aborted while it waits for its turn: it takes none', async () => {
  const place = openPlace();
  const first = place.capture();
  const stop = new AbortController();
  const second = place.capture({ signal: stop.signal });
  stop.abort(new Error('changed her mind'));
  await expect(second).rejects.toThrow('changed her mind');
  await place.happens('untilTouched');
  await place.happens('readImage', picture(60));
  await first;
  await place.clock.advance(0);
  expect(place.did).toEqual(['untilTouched', 'readImage']);
});

test('a fault of the scanner is its status until a picture is good again', async () => {
  const place = openPlace();
  const seen: FingerprintScannerStatus[] = [];
  const watching = (async () => {
    for await (const status of place.loop.statuses(never)) seen.push(status);
  })();
  const failing = codeOf(place.capture());
  await place.happens('untilTouched');
  await place.fails(new DeviceError('fingerprint-scanner/hardware', 'the sensor is dark'));
  expect(await failing).toBe('fingerprint-scanner/hardware');
  expect(place.loop.status).toEqual({ state: 'needs-attention', problem: 'fingerprint-scanner/hardware' });
  const good = place.capture();
  await place.happens('untilLifted');
  await place.happens('untilTouched');
  await place.happens('readImage', picture(60));
  await good;
  await place.clock.advance(0);
  await place.loop.close();
  await watching;
  expect(seen.map(({ state }) => state)).toEqual(['ready', 'capturing', 'needs-attention', 'capturing', 'ready']);
});

test('a scanner that fails while a wait is given up is a fault, not an absent finger', async () => {
  const place = openPlace();
  const broken = new DeviceError('fingerprint-scanner/no-answer', 'silent');
  const backend: CaptureBackend = {
    untilTouched: (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(broken), { once: true })),
    untilLifted: async () => undefined,
    readImage: async () => picture(1),
  };
  const loop = new CaptureLoop({ backend, judge, clock: place.clock });
  const capture = loop.capture({ timeoutMs: 100, minQuality: 1, signal: never });
  expect(await soon(place.clock, codeOf(capture))).toBe('fingerprint-scanner/no-answer');
});

test('an empty glass is empty at once; a finger that stays is told at the deadline', async () => {
  const place = openPlace();
  await place.loop.untilLifted({ timeoutMs: 100, signal: never });
  const shot = place.capture();
  await place.happens('untilTouched');
  await place.happens('readImage', picture(60));
  await shot;
  const staying = codeOf(place.loop.untilLifted({ timeoutMs: 100, signal: never }));
  expect(await soon(place.clock, staying)).toBe('fingerprint-scanner/no-answer');
  const going = place.loop.untilLifted({ timeoutMs: 100, signal: never });
  await place.happens('untilLifted');
  await going;
  await place.loop.untilLifted({ timeoutMs: 100, signal: never });
});

test('closing ends what is under way, and nothing begins after it', async () => {
  const place = openPlace();
  const waiting = codeOf(place.capture());
  await place.clock.advance(0);
  await place.loop.close();
  expect(await waiting).toBe('fingerprint-scanner/unreachable');
  expect(await codeOf(place.capture())).toBe('fingerprint-scanner/unreachable');
  expect(place.did).toEqual(['untilTouched']);
});

test('closing waits for what cannot be stopped', async () => {
  const place = openPlace();
  const coming = Promise.withResolvers<GreyImage>();
  const backend: CaptureBackend = {
    untilTouched: async () => undefined,
    untilLifted: async () => undefined,
    readImage: () => coming.promise,
  };
  const loop = new CaptureLoop({ backend, judge, clock: place.clock });
  const shot = codeOf(loop.capture({ timeoutMs: 100, minQuality: 1, signal: never }));
  await place.clock.advance(0);
  let closed = false;
  const closing = loop.close().then(() => {
    closed = true;
  });
  await place.clock.advance(0);
  expect(closed).toBe(false);
  coming.resolve(picture(80));
  await closing;
  expect(await shot).toBe('fingerprint-scanner/unreachable');
});

test('a scanner whose wire has ended is away, whatever fails after that', async () => {
  const place = openPlace();
  const failing = codeOf(place.capture());
  await place.clock.advance(30);
  place.loop.lost();
  await place.fails(new DeviceError('fingerprint-scanner/unreachable', 'unplugged'));
  expect(await failing).toBe('fingerprint-scanner/unreachable');
  expect(place.loop.status).toEqual({ state: 'away', sinceMs: 30 });
});
