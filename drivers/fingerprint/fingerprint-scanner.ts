import type { ProblemCode } from '#contract/problems/codes.ts';
import type { GreyImage } from './grey-image.ts';

export type FingerprintScannerStatus =
  | { state: 'ready' }
  | { state: 'capturing' }
  | { state: 'needs-attention'; problem: ProblemCode }
  | { state: 'away'; sinceMs: number };

/** What can be told of a scanner. `hasPad`: whether it tells a living finger from a copy. None of ours does. */
export interface FingerprintScannerInfo {
  model: string;
  serial: string | null;
  widthPx: number;
  heightPx: number;
  dpi: number;
  greyLevels: 16 | 256;
  hasPad: false;
}

/** How well a picture can be compared, as this kiosk sees it. Not NFIQ, and not to be called so. */
export interface KioskQuality {
  /** 0 to 100. */
  score: number;
  /** Part of the picture with ridges, 0 to 1. */
  foreground: number;
  /** Mean clipped contrast of the foreground, 0 to 1. */
  contrast: number;
  minutiae: number;
  /** Part of the picture's middle third that has ridges, 0 to 1: low where the finger lies off the centre. */
  coverage: number;
}

/** What would make the next picture better. Never a judgement: the finger is not wrong. */
export type CaptureHint = 'press' | 'centre' | 'dry' | 'wipe';

export interface FingerCapture {
  image: GreyImage;
  quality: KioskQuality;
  /** The one thing most worth saying; null where the picture is good enough. */
  hint: CaptureHint | null;
  /** Monotonic time. */
  atMs: number;
}

export interface CaptureOptions {
  timeoutMs: number;
  /** A picture of at least this quality ends the wait; at the end of the time the best one so far is given. */
  minQuality: number;
  signal: AbortSignal;
  /** Told as it goes: a finger lies on the glass, the picture is on its way, what would help. */
  tell?: (news: CaptureNews) => void;
}

export type CaptureNews =
  | { is: 'waiting' | 'touched' }
  | { is: 'reading'; part: number }
  | { is: 'hint'; hint: CaptureHint };

export interface FingerprintScanner extends AsyncDisposable {
  /** The last thing the scanner told us. Never waits for the wire. */
  readonly status: FingerprintScannerStatus;
  statuses(signal: AbortSignal): AsyncIterable<FingerprintScannerStatus>;
  /** Known once the scanner has answered for the first time. */
  readonly info: FingerprintScannerInfo | null;
  /**
   * One picture of one finger; one capture at a time, the next one waits. Rejects with `fingerprint-scanner/no-finger`
   * where nobody touched the glass in time, `fingerprint-scanner/repeated-image` where the picture is the last one to the
   * bit, and with the fault of the wire. Aborting stops the wait; a picture on its way is read to its end and dropped.
   */
  capture(options: CaptureOptions): Promise<FingerCapture>;
  /** Resolves when the glass is empty; rejects with `fingerprint-scanner/no-answer` at the deadline. */
  untilLifted(options: { timeoutMs: number; signal: AbortSignal }): Promise<void>;
}
