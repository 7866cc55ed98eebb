import { createHash } from 'node:crypto';
import type { ProblemCode } from '#contract/problems/codes.ts';
import { DeadlineError, Lock, Remembered, untilAborted, withDeadline } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import type {
  CaptureHint,
  CaptureNews,
  CaptureOptions,
  FingerCapture,
  FingerprintScannerStatus,
  KioskQuality,
} from './fingerprint-scanner.ts';
import type { GreyImage } from './grey-image.ts';

/** What a scanner has to do by itself; all of it is called one after the other, never at once. */
export interface CaptureBackend {
  /** Resolves when a finger lies on the glass. Soon after `signal` aborts it has ended and nothing of it is under way. */
  untilTouched(signal: AbortSignal): Promise<void>;
  /** One picture, read to its end; `tell` hears which part of it is there, 0 to 1. The signal aborts when all is closed. */
  readImage(tell: (part: number) => void, signal: AbortSignal): Promise<GreyImage>;
  /** Resolves when the glass is empty after a picture. Ends as `untilTouched` does, and may then be asked again. */
  untilLifted(signal: AbortSignal): Promise<void>;
}

/** How good a picture is, and what would help. Passed in, so that a scanner knows nothing of ridges. */
export type Judge = (image: GreyImage) => { quality: KioskQuality; hint: CaptureHint | null };

/** Problems of the finger, not of the scanner. */
const OF_THE_FINGER: readonly ProblemCode[] = ['fingerprint-scanner/no-finger', 'fingerprint-scanner/repeated-image'];

/** The part of a capture that is the same for all scanners: time, the best picture, no picture twice, one at a time. */
export class CaptureLoop {
  readonly #backend: CaptureBackend;
  readonly #judge: Judge;
  readonly #clock: Clock;
  readonly #lock = new Lock();
  readonly #status = new Remembered<FingerprintScannerStatus>({ state: 'ready' });
  readonly #closed = new AbortController();
  /** A finger was seen to come and not to go: until it has gone, it is not a second one. */
  #lies = false;
  /** Of the last picture. The picture itself is the caller's alone. */
  #lastDigest = '';

  constructor(ports: { backend: CaptureBackend; judge: Judge; clock: Clock }) {
    this.#backend = ports.backend;
    this.#judge = ports.judge;
    this.#clock = ports.clock;
  }

  get status(): FingerprintScannerStatus {
    return this.#status.value;
  }

  statuses(signal: AbortSignal): AsyncIterable<FingerprintScannerStatus> {
    return this.#status.changes(AbortSignal.any([signal, this.#closed.signal]));
  }

  /** As `FingerprintScanner.capture` promises. Its time begins when its turn does. */
  capture(options: CaptureOptions): Promise<FingerCapture> {
    const turn = this.#lock.run(() => this.#takeTurn(options));
    return untilAborted(turn, options.signal);
  }

  /** As `FingerprintScanner.untilLifted` promises. A glass on which no finger was seen is empty. */
  untilLifted({ timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
    const turn = this.#lock.run(async () => {
      const untilMs = this.#clock.monotonicMs() + timeoutMs;
      if (await this.#isEmpty(untilMs, this.#orClosed(signal))) return;
      throw new DeviceError('fingerprint-scanner/no-answer', `the finger has not gone within ${timeoutMs} ms`);
    });
    return untilAborted(turn, signal);
  }

  /** The wire has ended: whatever is asked from now on is refused by the backend. */
  lost(): void {
    this.#status.set({ state: 'away', sinceMs: this.#clock.monotonicMs() });
  }

  /** Ends what is under way; when it resolves nothing is. */
  async close(): Promise<void> {
    this.#closed.abort(new DeviceError('fingerprint-scanner/unreachable', 'closed here'));
    await this.#lock.run(async () => undefined);
  }

  async #takeTurn(options: CaptureOptions): Promise<FingerCapture> {
    const signal = this.#orClosed(options.signal);
    signal.throwIfAborted();
    this.#set({ state: 'capturing' });
    try {
      const shot = await this.#bestShot({ ...options, signal });
      this.#set({ state: 'ready' });
      return shot;
    } catch (error) {
      this.#set(statusAfter(error));
      throw error;
    }
  }

  async #bestShot(options: CaptureOptions): Promise<FingerCapture> {
    const untilMs = this.#clock.monotonicMs() + options.timeoutMs;
    let best: FingerCapture | undefined;
    while (await this.#newFinger(untilMs, options)) {
      const shot = await this.#takePicture(options);
      if (best === undefined || shot.quality.score > best.quality.score) best = shot;
      if (best.quality.score >= options.minQuality) return best;
      if (shot.hint) tell(options, { is: 'hint', hint: shot.hint });
    }
    if (best) return best;
    throw new DeviceError('fingerprint-scanner/no-finger', `no finger within ${options.timeoutMs} ms`);
  }

  /** Waits for a finger that was not there before. False when the time is over. */
  async #newFinger(untilMs: number, options: CaptureOptions): Promise<boolean> {
    const { signal } = options;
    if (!(await this.#isEmpty(untilMs, signal))) return false;
    tell(options, { is: 'waiting' });
    if (!(await this.#inTime(untilMs, signal, (cut) => this.#backend.untilTouched(cut)))) return false;
    this.#lies = true;
    tell(options, { is: 'touched' });
    return true;
  }

  async #isEmpty(untilMs: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#lies) return true;
    const lifted = await this.#inTime(untilMs, signal, (cut) => this.#backend.untilLifted(cut));
    if (lifted) this.#lies = false;
    return lifted;
  }

  async #takePicture(options: CaptureOptions): Promise<FingerCapture> {
    const onPart = (part: number) => tell(options, { is: 'reading', part });
    const image = await this.#backend.readImage(onPart, this.#closed.signal);
    this.#refuseRepeated(image);
    options.signal.throwIfAborted(); // read to its end, and dropped
    return { image, ...this.#judge(image), atMs: this.#clock.monotonicMs() };
  }

  /** No two presentations give the same picture: the same one is an old one, from a latent print or from a tampered wire. */
  #refuseRepeated({ pixels }: GreyImage): void {
    const digest = createHash('sha256').update(pixels).digest('hex');
    const repeated = digest === this.#lastDigest;
    this.#lastDigest = digest;
    if (repeated) throw new DeviceError('fingerprint-scanner/repeated-image', 'the same picture as the last one');
  }

  /** Does it until the time is over: false then. Either way the work has ended, and its own fault is thrown. */
  async #inTime(untilMs: number, signal: AbortSignal, work: (cut: AbortSignal) => Promise<void>): Promise<boolean> {
    const leftMs = untilMs - this.#clock.monotonicMs();
    if (leftMs <= 0) return false;
    let doing: Promise<void> = Promise.resolve();
    const begin = (cut: AbortSignal) => {
      doing = work(cut);
      return doing;
    };
    try {
      await withDeadline(this.#clock, leftMs, signal, begin);
      return true;
    } catch (why) {
      const [outcome] = await Promise.allSettled([doing]);
      if (!(why instanceof DeadlineError)) throw why;
      if (outcome.status === 'rejected' && outcome.reason !== why) throw outcome.reason;
      return outcome.status === 'fulfilled'; // the finger came in the very last moment
    }
  }

  #orClosed(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closed.signal]);
  }

  #set(status: FingerprintScannerStatus): void {
    if (this.#status.value.state !== 'away') this.#status.set(status);
  }
}

function tell({ tell, signal }: CaptureOptions, news: CaptureNews): void {
  if (!signal.aborted) tell?.(news);
}

function statusAfter(error: unknown): FingerprintScannerStatus {
  if (!(error instanceof DeviceError) || OF_THE_FINGER.includes(error.code)) return { state: 'ready' };
  return { state: 'needs-attention', problem: error.code };
}
