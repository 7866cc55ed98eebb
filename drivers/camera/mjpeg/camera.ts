import { Remembered } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { Camera, CameraFrame, CameraStatus, QrSight } from '../camera.ts';
import { qrLook } from '../qr/look.ts';
import { type SpawnCamera, spawnCamera } from './child.ts';
import { runOnce } from './run.ts';

export interface MjpegOptions {
  /**
   * The program and its arguments; it writes JPEG after JPEG to stdout. For a Pi camera `rpicam-vid -n -t 0 --codec mjpeg
   * -q 85 --width 1280 --height 720 --framerate 15 --flush -o -`; for USB `ffmpeg -f v4l2 -input_format mjpeg ... -c copy
   * -f mjpeg -`, by its name in /dev/v4l/by-id. (Sheet C.1)
   */
  command: readonly string[];
  /** Without a picture for so long the camera has stalled and is started again. */
  stallMs: number;
  /** Without a picture for so long, through all restarts, `frames()` throws. */
  giveUpMs?: number;
}

const GIVE_UP_MS = 8_000;
const BACK_OFF_MS = { first: 250, most: 5_000 };

/**
 * A camera behind a child process. Nothing runs until somebody asks for frames; that the program is missing shows then.
 */
export async function openMjpegCamera(ports: {
  spawn?: SpawnCamera;
  clock: Clock;
  random: Random;
  options: MjpegOptions;
}): Promise<Camera> {
  return new MjpegCamera(ports.spawn ?? spawnCamera, ports.clock, ports.random, ports.options);
}

/** What the readers see: the newest picture, or that there will be none. */
type View = { frame: CameraFrame } | { failed: DeviceError } | 'waiting';

class MjpegCamera implements Camera {
  readonly #spawn: SpawnCamera;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #options: MjpegOptions;
  readonly #status = new Remembered<CameraStatus>({ state: 'ready' });
  readonly #view = new Remembered<View>('waiting');
  readonly #disposed = new AbortController();
  readonly #lookForQr = qrLook();
  #readers = 0;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(spawn: SpawnCamera, clock: Clock, random: Random, options: MjpegOptions) {
    this.#spawn = spawn;
    this.#clock = clock;
    this.#random = random;
    this.#options = options;
  }

  get status() {
    return this.#status.value;
  }

  statuses(signal: AbortSignal) {
    return this.#status.changes(AbortSignal.any([signal, this.#disposed.signal]));
  }

  async *frames(signal: AbortSignal): AsyncGenerator<CameraFrame, void, undefined> {
    const until = AbortSignal.any([signal, this.#disposed.signal]);
    this.#enter();
    try {
      for await (const view of this.#view.changes(until)) {
        if (view === 'waiting') continue;
        if ('failed' in view) throw view.failed;
        yield view.frame;
      }
    } finally {
      await this.#leave();
    }
  }

  async *qrCodes(signal: AbortSignal): AsyncGenerator<QrSight, void, undefined> {
    for await (const { jpeg } of this.frames(signal)) {
      const startedMs = this.#clock.monotonicMs();
      yield await this.#lookForQr(jpeg);
      await this.#rest(this.#clock.monotonicMs() - startedMs, signal);
    }
  }

  /** As long as the look took: on a small board looking would otherwise take all the time that screen and printer need. */
  async #rest(tookMs: number, signal: AbortSignal): Promise<void> {
    if (tookMs > 0 && !signal.aborted) await this.#clock.sleep(tookMs, signal).catch(() => undefined);
  }

  #enter(): void {
    this.#readers += 1;
    if (this.#readers > 1) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#view.set('waiting');
    this.#running = this.#running.then(() => this.#run(stop.signal));
  }

  async #leave(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    this.#stop.abort(new DeviceError('camera/unreachable', 'nobody looks'));
    await this.#running;
  }

  /** Starts the program again and again, with growing pauses, until nobody looks or it has been blind for too long. */
  async #run(signal: AbortSignal): Promise<void> {
    let blindSinceMs = this.#clock.monotonicMs();
    let failures = 0;
    const onPicture = (jpeg: Uint8Array) => {
      if (signal.aborted) return;
      blindSinceMs = this.#clock.monotonicMs();
      failures = 0;
      this.#see(jpeg);
    };
    const giveUpMs = this.#options.giveUpMs ?? GIVE_UP_MS;
    while (!signal.aborted) {
      const why = await runOnce({ ...this.#options, spawn: this.#spawn, clock: this.#clock, onPicture }, signal);
      if (signal.aborted) break;
      this.#set({ state: 'needs-attention', problem: why.code });
      if (this.#clock.monotonicMs() - blindSinceMs >= giveUpMs) return this.#view.set({ failed: why });
      await this.#clock.sleep(this.#pauseMs(failures), signal).catch(() => undefined);
      failures += 1;
    }
    if (this.#status.value.state === 'running') this.#set({ state: 'ready' });
  }

  #see(jpeg: Uint8Array): void {
    this.#view.set({ frame: { jpeg, atMs: this.#clock.monotonicMs() } });
    this.#set({ state: 'running' });
  }

  /** Half of it is chance, so that two cameras on one hub do not start together for ever. */
  #pauseMs(failures: number): number {
    const most = Math.min(BACK_OFF_MS.first * 2 ** failures, BACK_OFF_MS.most);
    const [chance = 0] = this.#random.bytes(1);
    return (most * (1 + chance / 255)) / 2;
  }

  #set(status: CameraStatus): void {
    if (JSON.stringify(status) !== JSON.stringify(this.#status.value)) this.#status.set(status);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort(new DeviceError('camera/unreachable', 'closed here'));
    this.#stop.abort(this.#disposed.signal.reason);
    await this.#running;
  }
}
