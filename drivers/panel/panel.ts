import type { ProblemCode } from '#contract/problems/codes.ts';

export const lamps = ['slot', 'call', 'ready', 'trouble'] as const;
export type Lamp = (typeof lamps)[number];

/** A level with its age: without news within the heartbeat a sensor is `unknown`, never "as before". */
export interface PanelSensors {
  /** True while something stands in the exit slot. */
  cardAtExit: boolean | 'unknown';
  /**
   * How often the exit was reported empty after something had stood there, in this driver's life: whoever looks late has
   * lost none. Absent while there is no driver to count.
   */
  exitEmptied?: number;
  shutterClosed: boolean | 'unknown';
  doorClosed: boolean | 'unknown';
  mainsPresent: boolean | 'unknown';
}

export type PanelStatus =
  | { state: 'ready' }
  | { state: 'needs-attention'; problem: ProblemCode }
  | { state: 'away'; sinceMs: number };

export interface Panel extends AsyncDisposable {
  readonly status: PanelStatus;
  statuses(signal: AbortSignal): AsyncIterable<PanelStatus>;
  /** The levels now; each `unknown` when its last heartbeat is older than 2 s. */
  readonly sensors: PanelSensors;
  /** Yields the levels at once, then on every change, also when they grow too old. */
  watch(signal: AbortSignal): AsyncIterable<PanelSensors>;
  lamp(lamp: Lamp, state: 'off' | 'on' | 'blink'): void;
  /** A short tone at the slot. */
  beep(): void;
  /** Moves the shutter and resolves when its own sensor agrees; rejects `panel/shutter-stuck` after the deadline. */
  openShutter(step: { signal: AbortSignal }): Promise<void>;
  closeShutter(step: { signal: AbortSignal }): Promise<void>;
}
