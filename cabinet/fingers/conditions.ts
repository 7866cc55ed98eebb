import type { Range } from './scratch.ts';

/** How a finger may come to lie on a glass. The seed of an impression picks within it. */
export interface Conditions {
  /** Of the scanner's picture. */
  widthPx: number;
  heightPx: number;
  dpi: number;
  /** Farthest from the middle, either way, of the finger's skin at 500 dpi. */
  shiftPx: number;
  turnDeg: number;
  /** How far skin is dragged from where it lay. */
  stretchPx: Range;
  /** Part of the skin that touches the glass, 1 for all of it. */
  contact: Range;
  /** -1 hardly touches, 1 presses ridges together. */
  pressure: Range;
  /** -1 dry and broken, 1 wet and run together. */
  moisture: Range;
  creases: Range;
  /** Deviation of the scanner's noise, in grey levels. */
  noise: Range;
}

const glass = { widthPx: 388, heightPx: 374, dpi: 500 };

export const conditions = {
  /** As at an enrolment desk, with somebody watching: what a reference is made from. */
  good: {
    ...glass,
    shiftPx: 18,
    turnDeg: 6,
    stretchPx: [1, 4],
    contact: [0.85, 1],
    pressure: [-0.1, 0.25],
    moisture: [-0.2, 0.15],
    creases: [0, 1],
    noise: [2, 5],
  },
  /** As at a kiosk, alone and in a hurry: some are fine, some are hard. */
  everyday: {
    ...glass,
    shiftPx: 50,
    turnDeg: 25,
    stretchPx: [3, 15],
    contact: [0.42, 1],
    pressure: [-0.9, 0.9],
    moisture: [-1.2, 1],
    creases: [0, 7],
    noise: [3, 10],
  },
} as const satisfies Record<string, Conditions>;
