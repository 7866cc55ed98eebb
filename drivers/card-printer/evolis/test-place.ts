import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { CardFace } from '../card-printer.ts';
import { type EvolisOptions, openEvolis } from './driver/evolis.ts';

/** A clock that a test moves, as `kit/manual-clock.ts` gives it. */
interface MovableClock extends Clock {
  advance(ms: number): Promise<void>;
}

/** What these stories need of a simulator; which one it is, the test says. */
interface Simulator {
  serve(link: ByteLink): Promise<void>;
  portStatus(): number;
  deviceId(): string;
}

const STEP_MS = 50;
const patient = { signal: new AbortController().signal };

/** A printer that nobody has spoken to yet, its cable and its clock. */
export function cabinetOf(simulator: Simulator, clock: MovableClock, usb: boolean) {
  const control = { portStatus: async () => simulator.portStatus(), deviceId: async () => simulator.deviceId() };
  const cable = () => {
    const { near, far } = memoryLinkPair(usb ? control : undefined);
    void simulator.serve(far);
    return near;
  };
  const soon = <T>(work: Promise<T>) => inTime(clock, work);
  const code = (work: Promise<unknown>) => soon(codeFrom(work));
  const open = (options: EvolisOptions = {}) => soon(openEvolis({ link: cable(), clock, options }));
  return { cable, soon, code, open };
}

/** The same with the driver open, and its two commonest steps. */
export async function placeOf(cabinet: ReturnType<typeof cabinetOf>) {
  const printer = await cabinet.open();
  const feed = () => cabinet.soon(printer.feed(patient));
  const print = () => cabinet.soon(printer.print(noisyFace(), patient));
  return { printer, feed, print };
}

/** Lets time pass until `work` is done; quick however long that takes by the clock. */
export async function inTime<T>(clock: MovableClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) await clock.advance(STEP_MS);
  return work;
}

/** The code with which `work` fails, or `fine`. */
export async function codeFrom(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'fine';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : String(error);
  }
}

/** A face on which every panel differs, and every pixel from its neighbours. */
export function noisyFace(): CardFace {
  const [widthPx, heightPx] = [1016, 648];
  const pixels = widthPx * heightPx;
  const black = noise(pixels / 8, 31);
  const overlay = noise(pixels / 8, 57);
  return { widthPx, heightPx, colour: noise(pixels * 3, 7919), black, overlay };
}

function noise(length: number, step: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let n = 0; n < length; n += 1) bytes[n] = n * step + (n >> 9);
  return bytes;
}

/** What each panel of the face is in dots, 0 to 127 of dye, 0 or 1 of resin and varnish. */
export function dotsOf({ colour, black, overlay }: CardFace): Record<'y' | 'm' | 'c' | 'k' | 'o', Uint8Array> {
  const dye = (channel: number) => dots(colour.length / 3, (n) => (255 - (colour[n * 3 + channel] ?? 0)) >> 1);
  const bits = (plane: Uint8Array) => dots(plane.length * 8, (n) => ((plane[n >> 3] ?? 0) >> (7 - (n & 7))) & 1);
  return { y: dye(2), m: dye(1), c: dye(0), k: bits(black), o: bits(overlay) };
}

function dots(count: number, at: (n: number) => number): Uint8Array {
  const all = new Uint8Array(count);
  for (let n = 0; n < count; n += 1) all[n] = at(n);
  return all;
}

/** A box between kiosk and printer whose near end stays open while the far end is plugged anew, as a serial server's does. */
export function serialServer(kioskEnd: ByteLink) {
  let printerEnd: ByteLink | undefined;
  const toPrinter = async () => {
    for await (const chunk of kioskEnd.incoming) await printerEnd?.write(chunk);
  };
  void toPrinter();
  return {
    plugIn(link: ByteLink): void {
      printerEnd = link;
      const toKiosk = async () => {
        for await (const chunk of link.incoming) await kioskEnd.write(chunk);
      };
      void toKiosk();
    },
  };
}
