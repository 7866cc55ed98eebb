import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { defaultSize, type PictureSize, sceneJpeg } from './picture.ts';
import type { Scene } from './scene.ts';

export { sceneJpeg } from './picture.ts';

/**
 * `stalled`: frames stop and the stream stays open, as with a sensor that hangs. `truncated`: every frame breaks off and
 * the next one follows at once. `garbage`: noise stands between the frames. `drop-link`: the stream ends, once.
 */
export type CameraFault = 'none' | 'stalled' | 'truncated' | 'garbage' | 'drop-link';

export interface CameraOptions {
  scene: Scene;
  clock: Clock;
  random: Random;
  /** Frames in a second. Default 15. */
  fps?: number;
  /** Default 640 x 480. */
  size?: PictureSize;
}

export interface CameraSimulator {
  /** Pushes whole JPEGs one after the other, as `rpicam-vid --codec mjpeg -o -` does, until the link ends. */
  serve(link: ByteLink): Promise<void>;
  powerOff(): void;
  powerOn(): void;
  misbehave(fault: CameraFault): void;
}

/** A scene is drawn this many times with other grain; the frames then go round, so that a still scene costs nothing. */
const GRAINS = 3;

/** A camera whose child program (`feed.mjs`) writes this stream to the driver (peripherals sheet C.1). */
export function simulateCamera(options: CameraOptions): CameraSimulator {
  const { scene, clock, random, fps = 15, size = defaultSize } = options;
  const links = new Set<ByteLink>();
  let powered = true;
  let fault: CameraFault = 'none';
  let drawn = { key: '', frames: [] as Promise<Uint8Array>[] };
  let count = 0;

  function nextFrame(): Promise<Uint8Array> {
    const { held, covered } = scene;
    const key = JSON.stringify([held, covered]);
    if (key !== drawn.key) drawn = { key, frames: [] };
    count = (count + 1) % GRAINS;
    const look = { size, grain: count };
    // what no code can hold shows as an empty counter: a camera never stops because of what is held before it
    const frame =
      drawn.frames[count] ?? sceneJpeg({ held, covered }, look).catch(() => sceneJpeg({ held: null, covered }, look));
    drawn.frames[count] = frame;
    return frame;
  }

  async function push(link: ByteLink) {
    if (!powered || scene.stalled || fault === 'stalled') return;
    const frame = await nextFrame();
    const bytes = fault === 'truncated' ? frame.subarray(0, Math.floor(frame.length * 0.6)) : frame;
    if (fault === 'garbage') await link.write(random.bytes(64));
    for (const piece of cutOnce(random, bytes)) await link.write(piece);
  }

  async function stream(link: ByteLink, signal: AbortSignal) {
    while (!signal.aborted) {
      await push(link);
      await clock.sleep(1000 / fps, signal);
    }
  }

  const dropAll = () => {
    for (const link of links) void link[Symbol.asyncDispose]();
  };

  return {
    async serve(link) {
      if (!powered) return link[Symbol.asyncDispose]();
      const gone = new AbortController();
      links.add(link);
      const ended = listenUntilEnd(link).then(() => gone.abort());
      await stream(link, gone.signal).catch(() => undefined); // whatever a write says, the stream is over
      await link[Symbol.asyncDispose]();
      await ended;
      links.delete(link);
    },
    powerOff() {
      powered = false;
      dropAll();
    },
    powerOn() {
      powered = true;
    },
    misbehave(now) {
      if (now === 'drop-link') dropAll();
      else fault = now;
    },
  };
}

/** A camera hears nothing, but a socket nobody reads never learns that its other end has gone. */
async function listenUntilEnd(link: ByteLink): Promise<void> {
  for await (const _ of link.incoming);
  await link.closed;
}

function cutOnce(random: Random, bytes: Uint8Array): Uint8Array[] {
  const [a = 0, b = 0] = random.bytes(2);
  const at = Math.floor((bytes.length * (a * 256 + b)) / 65536);
  return [bytes.subarray(0, at), bytes.subarray(at)].filter((piece) => piece.length > 0);
}
