import { FrameReader, frame, type HeardFrame, kinds } from '#drivers/fingerprint/zfm/simulator/frames.ts';
import { type Instruction, instructions } from '#drivers/fingerprint/zfm/simulator/instructions.ts';
import { openPlaten, simulateZfm, type ZfmOptions } from '#drivers/fingerprint/zfm/simulator/simulator.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';

export interface Said {
  /** Of the acknowledgement; undefined where none came. */
  code: number | undefined;
  extra: number[];
  /** All data packets put together. */
  data: Uint8Array;
  packets: HeardFrame[];
}

/** A module on a wire whose other end is in the test's hand. */
export async function zfmBench(options: Partial<ZfmOptions> & { baudRate?: number } = {}) {
  const { baudRate, ...rest } = options;
  const [clock, platen] = [manualClock(), openPlaten()];
  const random = seededRandom('zfm');
  const zfm = simulateZfm({ ...{ personality: 'zfm20', finger: platen, clock, random, pacing: null }, ...rest });
  const wire = { host: undefined as ByteLink | undefined, heard: [] as Uint8Array[] };
  const plugIn = async (hostBaudRate?: number) => {
    const { near, far } = memoryLinkPair();
    wire.host = near;
    wire.heard = [];
    void zfm.serve(far, hostBaudRate === undefined ? {} : { baudRate: hostBaudRate });
    void (async () => {
      for await (const piece of near.incoming) wire.heard.push(piece);
    })();
    await clock.advance(0);
    return near;
  };
  /** All bytes that have come since the last time. */
  const hears = () => new Uint8Array(Buffer.concat(wire.heard.splice(0)));
  const send = async (bytes: Uint8Array, waitMs = 0) => {
    await wire.host?.write(bytes);
    await clock.advance(waitMs);
    return hears();
  };
  const ask = async (name: Instruction, ...parameters: number[]) =>
    understood(await send(command(name, ...parameters)));
  await plugIn(baudRate);
  return { zfm, platen, clock, plugIn, hears, send, ask };
}

export function command(name: Instruction, ...parameters: number[]): Uint8Array {
  const content = Uint8Array.of(instructions[name].code, ...parameters);
  return frame({ address: 0xffffffff, kind: kinds.command, content });
}

export function understood(bytes: Uint8Array): Said {
  const [ack, ...packets] = new FrameReader().take(bytes);
  const [code, ...extra] = ack?.content ?? [];
  return { code, extra, packets, data: new Uint8Array(Buffer.concat(packets.map(({ content }) => content))) };
}

/** Something with ridges; each number is another finger. */
export function fingerNo(n: number, { widthPx = 256, heightPx = 288, dpi = 500 } = {}) {
  const grey = (x: number, y: number) =>
    Math.round(127 + 120 * Math.sin((x * (n + 2)) / 20 + (y * y) / (300 + 40 * n)));
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => grey(i % widthPx, Math.floor(i / widthPx)));
  return { widthPx, heightPx, dpi, pixels };
}
