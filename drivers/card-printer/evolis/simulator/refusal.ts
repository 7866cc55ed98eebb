import type { PrinterBranches } from './branches.ts';

/**
 * Fault texts of the sheet (1.9). Which fault gives which text is inferred where the sheet only lists it: a feed that
 * slips is `ERROR TIME OUT`, a full reject box `HOPPER FULL`.
 */
export const texts = {
  unknown: 'ERROR CDE',
  parameters: 'ERROR PARAMETRES',
  timeOut: 'ERROR TIME OUT',
  ribbon: 'ERROR RIBBON',
  noRibbon: 'ERR RIB DETECTION',
  cleaning: 'ERR NEED CLEANING',
  feederEmpty: 'FEEDER EMPTY',
  boxFull: 'HOPPER FULL',
  coverOpen: 'COVER OPEN',
  jam: 'CARD JAM',
  notAvailable: 'OPT NOT AVAILABLE',
} as const;
export type FaultText = (typeof texts)[keyof typeof texts];

/** Which status line a fault pulls (sheet 1.1); `none` for mistakes of the host. */
export type FaultLine = 'media' | 'mechanical' | 'none';

/** A command that was not done. `lasting`: a job was interrupted, and jobs are refused until `Scs`, `Srs` or a power cycle. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly text: FaultText;
  readonly line: FaultLine;
  readonly lasting: boolean;

  constructor(text: FaultText, line: FaultLine = 'none', lasting = false) {
    super(text);
    this.text = text;
    this.line = line;
    this.lasting = lasting;
  }
}

/** The text as this printer says it: the sheet saw some with `ERR` before them and lists others without. */
export function spoken(text: FaultText, branches: PrinterBranches): string {
  return text.startsWith('ERR') || branches.faultTexts === 'bare' ? text : `ERR ${text}`;
}
