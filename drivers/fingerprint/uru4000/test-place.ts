import type { OpenUsb } from '#drivers/kit/usb-device.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { Judge } from '../capture.ts';
import type { CaptureOptions } from '../fingerprint-scanner.ts';
import { codeOf, type MovableClock, soon } from '../test-time.ts';
import { frameSize } from './protocol/frame.ts';
import { openUru4000 } from './uru4000.ts';

const { widthPx, heightPx } = frameSize;
const never = new AbortController().signal;

/**
 * A made-up finger. Rows come in equal pairs and the left edge is white, because the reader leaves out one row and the last
 * byte of each scrambled block: this picture loses nothing on its way.
 */
export function madeUpFinger(random: Random): Uint8Array {
  const grain = random.bytes(97);
  return Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const [x, pair] = [i % widthPx, Math.floor(i / widthPx / 2)];
    return x === 0 ? 255 : ((grain[(x * 7 + pair * 13) % 97] ?? 0) + x + pair) & 0xff;
  });
}

/** A judge whose mind is made up: one score for each picture, the last one for all that follow. */
export function judgeWith(...scores: number[]): Judge {
  let next = 0;
  return () => {
    const score = scores[Math.min(next++, scores.length - 1)] ?? 0;
    return { quality: { score, foreground: 1, contrast: 1, minutiae: 30, coverage: 1 }, hint: 'press' };
  };
}

/** What these stories need of a simulator; which one it is, the test says. */
export interface SimulatedBus {
  openUsb: OpenUsb;
}

/** A reader that nobody has opened yet, and the short ways to open it and to take a picture. */
export function placeOf(bus: SimulatedBus, clock: MovableClock & Clock, random: Random) {
  const inTime = <T>(work: Promise<T>) => soon(clock, work);
  const open = (judge = judgeWith(80), signal = never) =>
    openUru4000({ openUsb: bus.openUsb, clock, random, judge, signal });
  const wants = (options: Partial<CaptureOptions>) => ({ timeoutMs: 2_000, minQuality: 50, signal: never, ...options });
  return {
    inTime,
    open,
    opened: async (judge?: Judge) => {
      const scanner = await inTime(open(judge));
      const capture = (options: Partial<CaptureOptions> = {}) => scanner.capture(wants(options));
      const lifted = (timeoutMs = 2_000) => scanner.untilLifted({ timeoutMs, signal: never });
      return {
        scanner,
        capture,
        lifted,
        code: (work: Promise<unknown>) => inTime(codeOf(work)),
        close: () => inTime(Promise.resolve(scanner[Symbol.asyncDispose]())),
      };
    },
    codeOfOpening: () => inTime(codeOf(open())),
  };
}
