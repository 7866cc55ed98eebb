import type { ProblemCode } from '#contract/problems/codes.ts';

/** `anywhere`: any instruction may be refused with it; the others belong to the instructions that name them. */
interface ConfirmationRow {
  code: number;
  anywhere?: true;
  problem?: ProblemCode;
}

/**
 * The first byte of a reply. (Sheet 1.4) Codes up to 0x21 are told alike by two manuals and two drivers or more, the later
 * ones by the R503 manual alone.
 */
export const confirmations = {
  done: { code: 0x00, anywhere: true },
  commandDamaged: { code: 0x01, anywhere: true },
  noFinger: { code: 0x02 },
  captureFailed: { code: 0x03 },
  messy: { code: 0x06 },
  tooFewPoints: { code: 0x07 },
  noMatch: { code: 0x08 },
  notFound: { code: 0x09 },
  differentFingers: { code: 0x0a },
  pageOutOfRange: { code: 0x0b },
  badTemplate: { code: 0x0c },
  templateNotSent: { code: 0x0d },
  noDataPackets: { code: 0x0e },
  imageNotSent: { code: 0x0f },
  notDeleted: { code: 0x10 },
  notEmptied: { code: 0x11 },
  wrongPassword: { code: 0x13, problem: 'fingerprint-scanner/locked' },
  noImage: { code: 0x15 },
  flashError: { code: 0x18, problem: 'fingerprint-scanner/hardware' },
  undefinedError: { code: 0x19, anywhere: true },
  badRegister: { code: 0x1a },
  badValue: { code: 0x1b },
  badNotepadPage: { code: 0x1c },
  portError: { code: 0x1d },
  libraryFull: { code: 0x1f },
  wrongAddress: { code: 0x20, anywhere: true },
  locked: { code: 0x21, anywhere: true, problem: 'fingerprint-scanner/locked' },
  templateEmpty: { code: 0x22 },
  libraryEmpty: { code: 0x24 },
  timeout: { code: 0x26 },
  alreadyEnrolled: { code: 0x27 },
  sensorFault: { code: 0x29, anywhere: true, problem: 'fingerprint-scanner/hardware' },
  alive: { code: 0x55 },
  unsupported: { code: 0xfc, anywhere: true },
  moduleFault: { code: 0xfd, anywhere: true, problem: 'fingerprint-scanner/hardware' },
  executionFailed: { code: 0xfe, anywhere: true, problem: 'fingerprint-scanner/hardware' },
} as const satisfies Record<string, ConfirmationRow>;
export type Confirmation = keyof typeof confirmations;

const names = Object.keys(confirmations) as Confirmation[];

export const confirmationOf = (code: number | undefined): Confirmation | undefined =>
  names.find((name) => confirmations[name].code === code);

export function problemOf(confirmation: Confirmation): ProblemCode | undefined {
  const row: ConfirmationRow = confirmations[confirmation];
  return row.problem;
}

export function isAnywhere(confirmation: Confirmation): boolean {
  const row: ConfirmationRow = confirmations[confirmation];
  return row.anywhere ?? false;
}
