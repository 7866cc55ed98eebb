import type { Clock } from '#kit/clock.ts';
import { CaptureLoop, type Judge } from '../../capture.ts';
import type {
  CaptureOptions,
  FingerCapture,
  FingerprintScanner,
  FingerprintScannerInfo,
  FingerprintScannerStatus,
} from '../../fingerprint-scanner.ts';
import { type Met, ZfmModule } from './module.ts';

/** The promise of `fingerprint-scanner.ts`, kept by a module and the loop that all scanners share. */
export class ZfmScanner implements FingerprintScanner {
  readonly info: FingerprintScannerInfo;
  readonly #module: ZfmModule;
  readonly #loop: CaptureLoop;

  constructor(met: Met, info: FingerprintScannerInfo, ports: { clock: Clock; judge: Judge }) {
    this.info = info;
    this.#module = new ZfmModule(met);
    this.#loop = new CaptureLoop({ backend: this.#module, ...ports });
    void met.talk.line.link.closed.then(() => this.#loop.lost());
  }

  get status(): FingerprintScannerStatus {
    return this.#loop.status;
  }

  statuses(signal: AbortSignal): AsyncIterable<FingerprintScannerStatus> {
    return this.#loop.statuses(signal);
  }

  capture(options: CaptureOptions): Promise<FingerCapture> {
    return this.#loop.capture(options);
  }

  untilLifted(options: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
    return this.#loop.untilLifted(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loop.close();
    await this.#module.close();
  }
}
