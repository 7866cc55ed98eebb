import type { ProblemCode } from '#contract/problems/codes.ts';

/**
 * Texts that the printer answers instead of `OK`, most telling first; matched anywhere in the reply, in any case
 * (card-printer.md 1.9). Those without a mark stand in the sheet's list; `inferred` ones are built from its status names (1.10).
 */
const problemTexts = [
  ['RIB DETECTION', 'card-printer/ribbon-missing'],
  ['FEEDER EMPTY', 'card-printer/feeder-empty'],
  ['REJECT BOX FULL', 'card-printer/reject-box-full'], // inferred
  ['HOPPER FULL', 'card-printer/reject-box-full'], // a kiosk has no other hopper than the box
  ['HOPPER DOOR', 'card-printer/cover-open'],
  ['COVER OPEN', 'card-printer/cover-open'],
  ['CARD JAM', 'card-printer/jam'],
  ['MECHANICAL', 'card-printer/jam'], // inferred
  ['FEEDER', 'card-printer/feed-failed'], // inferred
  ['RIBBON', 'card-printer/ribbon-ended'], // `ERROR RIBBON` does not tell a torn ribbon from an ended one
  ['NEED CLEANING', 'card-printer/cleaning-due'],
  ['COOLING', 'card-printer/cooling'], // inferred
  ['HOPPER', 'card-printer/move-failed'],
  ['TIME OUT', 'card-printer/move-failed'],
  ['OPT NOT AVAILABLE', 'device/wrong-model'],
  ['ERROR CDE', 'device/protocol'],
  ['ERROR PARAMETRES', 'device/protocol'],
  ['ERROR HEAD', 'card-printer/hardware'],
  ['ERROR', 'card-printer/hardware'],
  ['ERR', 'card-printer/hardware'],
] as const satisfies readonly (readonly [text: string, code: ProblemCode])[];

/** The code of a refusal, or undefined where the reply is none. Text that starts with `ERR` always is one. */
export function problemIn(reply: string): ProblemCode | undefined {
  const text = reply.toUpperCase();
  return problemTexts.find(([part]) => (part === 'ERR' ? text.startsWith(part) : text.includes(part)))?.[1];
}

/** The same for reads of free text, such as a serial number, in which any letters may stand. */
export function errorIn(reply: string): ProblemCode | undefined {
  return /^err/i.test(reply) ? problemIn(reply) : undefined;
}
