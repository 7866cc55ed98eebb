import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Judge } from '../capture.ts';
import type { CaptureOptions } from '../fingerprint-scanner.ts';
import type { GreyImage } from '../grey-image.ts';
import { openZfmScanner, type ZfmOptions } from './driver/zfm.ts';
import { buildFrame } from './protocol/frame.ts';

/** A clock that a test moves, as `kit/manual-clock.ts` gives it. */
interface MovableClock extends Clock {
  advance(ms: number): Promise<void>;
}

/** What these stories need of a simulator; which one it is, the test says. */
interface Simulator {
  serve(link: ByteLink, options: { baudRate: number }): Promise<void>;
}

const STEP_MS = 50;
/** Two minutes: nothing here takes longer. */
const MOST_STEPS = 2_400;
const never = new AbortController().signal;

/** Every picture is good enough, unless the test says otherwise. */
const content: Judge = () => ({
  quality: { score: 80, foreground: 1, contrast: 1, minutiae: 40, coverage: 1 },
  hint: null,
});

/** A module on a table, and a host that opens it with the driver. */
export function placeOf(simulator: Simulator, clock: MovableClock) {
  const openedAt: number[] = [];
  const open = new Set<ByteLink>();
  const openLinkAt = (baudRate: number) => async () => {
    openedAt.push(baudRate);
    const { near, far } = memoryLinkPair();
    open.add(near);
    void near.closed.then(() => open.delete(near));
    void simulator.serve(far, { baudRate });
    return near;
  };
  const soon = <T>(work: Promise<T>) => inTime(clock, work);
  const opening = (options: ZfmOptions = {}, judge = content, signal = never) =>
    openZfmScanner({ openLinkAt, clock, judge, options, signal });
  return {
    /** The speeds at which the driver has opened the line, and how many of its links are open now. */
    openedAt,
    openLinks: () => open.size,
    openLinkAt,
    soon,
    opening,
    open: (options?: ZfmOptions, judge?: Judge) => soon(opening(options, judge)),
    /** Says one command by hand, at the speed of the factory, and hears nothing. */
    async tells(address: number, ...command: number[]): Promise<void> {
      const link = await openLinkAt(57_600)();
      await link.write(buildFrame({ address, packet: 'command', content: Uint8Array.from(command) }));
      await clock.advance(200);
      await link[Symbol.asyncDispose]();
    },
  };
}

export const patiently = (options: Partial<CaptureOptions> = {}): CaptureOptions => ({
  timeoutMs: 60_000,
  minQuality: 50,
  signal: never,
  ...options,
});

/** The same module behind an adapter that takes so many times as long as the wire. */
export const slower = (simulator: Simulator, clock: Clock, times: number): Simulator => ({
  serve(link, options) {
    const write: ByteLink['write'] = async (bytes) => {
      await clock.sleep((times * bytes.length * 10_000) / options.baudRate);
      await link.write(bytes);
    };
    const { incoming, closed } = link;
    return simulator.serve(
      { incoming, closed, write, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() },
      options,
    );
  },
});

/** Lets time pass until `work` is done; quick however long that takes by the clock. */
export async function inTime<T>(clock: MovableClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  for (let step = 0; !isDone; step += 1) {
    if (step === MOST_STEPS) throw new Error(`not done within ${(MOST_STEPS * STEP_MS) / 1_000} s`);
    await clock.advance(STEP_MS);
  }
  return work;
}

/** Something like ridges, of the sensor's own size and greys, and unlike that of any other number. */
export function fingerOf(size: { widthPx: number; heightPx: number; dpi: number }, number: number): GreyImage {
  const { widthPx, heightPx, dpi } = size;
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, n) => {
    const [x, y] = [n % widthPx, Math.floor(n / widthPx)];
    return 17 * Math.round(7.5 + 7.5 * Math.sin((x + number * y) / 3));
  });
  return { widthPx, heightPx, dpi, pixels };
}
