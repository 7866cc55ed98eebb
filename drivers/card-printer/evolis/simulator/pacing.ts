/** How long the mechanics take. Every figure is an assumption: no data sheet was at hand (sheet 7). */
export interface Pacing {
  /** Feeder to a station. */
  feedMs: number;
  /** One panel under the head. */
  panelMs: number;
  /** Station to station, and bezel to station. */
  moveMs: number;
  /** Inside to the bezel, or into the reject box. */
  ejectMs: number;
  /** `Srs` until the printer listens again (the kiosk code waits 5 s, sheet 1.8). */
  resetMs: number;
  /** Between hearing a command and answering it, mechanics apart. */
  answerMs: number;
  /** What a million bytes need to come in. */
  msPerMegabyte: number;
}

export const zeroPacing: Pacing = {
  feedMs: 0,
  panelMs: 0,
  moveMs: 0,
  ejectMs: 0,
  resetMs: 0,
  answerMs: 0,
  msPerMegabyte: 0,
};

/** About 25 seconds for a colour card (sheet 7), over full-speed USB. */
export const realisticPacing: Pacing = {
  feedMs: 2500,
  panelMs: 3600,
  moveMs: 1200,
  ejectMs: 2000,
  resetMs: 4200,
  answerMs: 4,
  msPerMegabyte: 1000,
};
