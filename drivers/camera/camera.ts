import type { ProblemCode } from '#contract/problems/codes.ts';

export type CameraStatus =
  | { state: 'ready' }
  | { state: 'running' }
  | { state: 'needs-attention'; problem: ProblemCode }
  | { state: 'away'; sinceMs: number };

/** One picture, as the camera made it. Lives in memory only. */
export interface CameraFrame {
  /** A whole JPEG. */
  jpeg: Uint8Array;
  /** Monotonic time of arrival. */
  atMs: number;
}

/** What a look for a QR code found. */
export type QrSight = { found: 'code'; text: string } | { found: 'nothing'; brightness: 'dark' | 'ok' | 'glare' };

export interface Camera extends AsyncDisposable {
  readonly status: CameraStatus;
  statuses(signal: AbortSignal): AsyncIterable<CameraStatus>;
  /**
   * The newest frame each time the reader is ready: old ones are dropped, never queued. The camera runs while somebody
   * iterates. Throws `camera/stalled` or `camera/unreachable` when it cannot be brought back in time.
   */
  frames(signal: AbortSignal): AsyncIterable<CameraFrame>;
  /** Looks for a QR code in each newest frame. */
  qrCodes(signal: AbortSignal): AsyncIterable<QrSight>;
}
