import { Remembered, withDeadline } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type { CameraProcess, SpawnCamera } from './child.ts';
import { JpegSplitter } from './splitter.ts';

/** After SIGTERM: rpicam-vid obeys it even while its sensor hangs. Whoever does not is ended. (Sheet C.1, C.2) */
const GRACE_MS = 500;
/** A camera program loads its tuning file and starts the sensor before the first picture. */
const FIRST_PICTURE_WITHIN_MS = 5_000;

/** What camera programs say while they restart in a circle: waiting does not help. (Sheet C.1) */
const hopeless = [
  { says: /device timeout detected/i, code: 'camera/stalled' },
  { says: /failed to acquire camera/i, code: 'camera/unreachable' },
] as const;

export interface RunOptions {
  spawn: SpawnCamera;
  clock: Clock;
  command: readonly string[];
  stallMs: number;
  onPicture: (jpeg: Uint8Array) => void;
}

/** One life of the camera program, until it fails or `signal` aborts. Returns why it ended; leaves no process behind. */
export async function runOnce(options: RunOptions, signal: AbortSignal): Promise<DeviceError> {
  const child = options.spawn(options.command);
  const pictures = new Remembered(0);
  const complaint = complaintOf(child);
  void readPictures(child, (jpeg) => {
    options.onPicture(jpeg);
    pictures.set(pictures.value + 1);
  });
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  try {
    return await Promise.race([
      child.exited.then((how) => unreachable(`the camera program ${how}`)),
      complaint,
      stall(options, pictures, both),
      aborted(both),
    ]);
  } finally {
    over.abort();
    await end(child, options.clock);
  }
}

async function readPictures(child: CameraProcess, onPicture: (jpeg: Uint8Array) => void): Promise<void> {
  const splitter = new JpegSplitter();
  for await (const bytes of child.stdout) for (const jpeg of splitter.push(bytes)) onPicture(jpeg);
}

/** Resolves when pictures stop coming. A program from which none has come yet is given longer. */
async function stall({ clock, stallMs }: RunOptions, pictures: Remembered<number>, signal: AbortSignal) {
  for (;;) {
    const before = pictures.value;
    const withinMs = before === 0 ? Math.max(stallMs, FIRST_PICTURE_WITHIN_MS) : stallMs;
    const next = (cut: AbortSignal) => pictures.until((count) => count > before, cut);
    const came = await withDeadline(clock, withinMs, signal, next).catch(() => undefined);
    if (signal.aborted) return stalled('given up');
    if (came !== undefined) continue;
    return before === 0 ? unreachable(`no picture within ${withinMs} ms`) : stalled(`no picture for ${withinMs} ms`);
  }
}

function complaintOf(child: CameraProcess): Promise<DeviceError> {
  return new Promise((resolve) => {
    child.onComplaint((line) => {
      const known = hopeless.find(({ says }) => says.test(line));
      if (known) resolve(new DeviceError(known.code, line));
    });
  });
}

function aborted(signal: AbortSignal): Promise<DeviceError> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(stalled('nobody looks')), { once: true });
    if (signal.aborted) resolve(stalled('nobody looks'));
  });
}

async function end(child: CameraProcess, clock: Clock): Promise<void> {
  child.kill('SIGTERM');
  await withDeadline(clock, GRACE_MS, undefined, () => child.exited).catch(() => undefined);
  child.kill('SIGKILL'); // also for what a wrapper script left behind
  await child.exited;
}

const stalled = (detail: string) => new DeviceError('camera/stalled', detail);
const unreachable = (detail: string) => new DeviceError('camera/unreachable', detail);
