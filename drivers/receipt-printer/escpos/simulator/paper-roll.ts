/** One dot row of thermal paper, or a cut. */
export type PaperEvent =
  /** `dots`: 1 bit per dot, MSB first, 1 = black. */
  | { type: 'dots'; dots: Uint8Array; widthDots: number; rows: number }
  /** Characters as they were printed, for people who read text. */
  | { type: 'text'; line: string }
  | { type: 'cut' };

/** The slice of the physical world that a receipt printer touches: a roll of paper and a lid. */
export interface PaperRoll {
  /** Millimetres left; 0 = out. */
  readonly leftMm: number;
  readonly nearEnd: boolean;
  readonly coverClosed: boolean;
  readonly cutterBlocked: boolean;
  /** Paper comes out of the slit. Uses up the roll: 8 dots are 1 mm. */
  put(event: PaperEvent): void;
  /** Tells the printer when paper, lid or knife changed. A world without it is looked at ten times a second. */
  onChange?(listener: () => void): void;
}
