import type { Pace } from './screen-state.ts';

/** How long a step waits at pace 1, when it starts to warn, and whether a touch starts it again. `null` waits for ever. */
export interface Limit {
  seconds: number | null;
  warnSeconds: number;
  /** A person at the screen can dismiss the warning and go on, at least ten times (WCAG 2.2.1). */
  dismissable: boolean;
}

/** One row per step that can run out. No limit is shorter than its spoken sentence; every warning is at least 20 s. */
export const limits = {
  preparing: { seconds: null, warnSeconds: 0, dismissable: false },
  welcome: { seconds: null, warnSeconds: 0, dismissable: false },
  how: { seconds: 60, warnSeconds: 20, dismissable: true },
  'scan-qr': { seconds: 90, warnSeconds: 20, dismissable: true },
  number: { seconds: 60, warnSeconds: 20, dismissable: true },
  pin: { seconds: 60, warnSeconds: 20, dismissable: true },
  /** 10 s silent, then words, then the network answer. */
  asking: { seconds: 30, warnSeconds: 0, dismissable: false },
  answer: { seconds: 60, warnSeconds: 20, dismissable: true },
  /** The whole step; it ends with the officer, so nothing is lost that a warning could save. */
  finger: { seconds: 240, warnSeconds: 0, dismissable: false },
  'officer-proof': { seconds: 600, warnSeconds: 120, dismissable: true },
  review: { seconds: 90, warnSeconds: 20, dismissable: true },
  /** Never abandoned by touch; the printer's own deadlines end it. */
  printing: { seconds: null, warnSeconds: 0, dismissable: false },
  'take-card': { seconds: 60, warnSeconds: 20, dismissable: false },
  'offer-again': { seconds: 120, warnSeconds: 20, dismissable: false },
  receipt: { seconds: 30, warnSeconds: 0, dismissable: false },
  goodbye: { seconds: 10, warnSeconds: 0, dismissable: false },
  trouble: { seconds: 60, warnSeconds: 20, dismissable: true },
  officer: { seconds: 600, warnSeconds: 120, dismissable: true },
} as const satisfies Record<string, Limit>;

export type LimitedStep = keyof typeof limits;

/** One placement at the glass: words after 10 s without a finger, and after 30 s it counts as none, never as a try. */
export const placementSeconds = { words: 10, whole: 30 };

/** After so many silent seconds of asking central the screen says that it is slow. */
export const slowAfterSeconds = 10;

export function limitSeconds(step: LimitedStep, pace: Pace): number | null {
  const { seconds } = limits[step];
  return seconds === null ? null : seconds * pace;
}
