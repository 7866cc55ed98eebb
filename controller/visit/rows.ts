import type { Effect, HappeningOf, HappeningType } from './happenings.ts';
import type { Visit, VisitAt, VisitIn } from './visit.ts';

/** The next visit and what to do on the way there. */
export type Step = readonly [Visit, ...Effect[]];

/** A happening that changes nothing here, and why that is right. */
export interface Ignored {
  ignored: string;
}

export type Cell<At extends VisitAt, T extends HappeningType> =
  | Ignored
  | ((visit: VisitIn<At>, now: HappeningOf<T>) => Step);

/** One row per state: a cell for every happening there is. A forgotten cell does not compile. */
export type Row<At extends VisitAt> = { [T in HappeningType]: Cell<At, T> };

/** Several cells that are ignored for the same reason. */
export function ignore<T extends HappeningType>(reason: string, ...types: T[]): Record<T, Ignored> {
  return Object.fromEntries(types.map((type) => [type, { ignored: reason }])) as Record<T, Ignored>;
}

/** News of the card, which only the states around printing have. */
export const noCardHere = ignore(
  'no card is in process here',
  'job-phase',
  'card-at-exit',
  'card-left',
  'job-ended',
  'pin-checked',
);
export const noFaceHere = ignore('an answer to somebody who has gone', 'face-ready', 'face-failed');
export const noCamera = ignore('the camera is being stopped', 'qr', 'camera-failed');
export const noStatusAsked = ignore('an answer to a question given up', 'status-ok', 'status-refused');
export const noIdentifyAsked = ignore('an answer to a question given up', 'identified', 'identify-refused');
/** A grant that comes too late was voided when its question was given up. */
export const noRightAsked = ignore('voided when the question was given up', 'right-granted', 'right-refused');
export const noFingerHere = ignore(
  'no finger is awaited here',
  'finger-news',
  'finger-poor',
  'finger-compared',
  'finger-failed',
  'other-finger',
  'officer-vouched',
);
export const serviceLater = ignore('the service level is shown at the next welcome', 'service');
export const noPaper = ignore('no paper is awaited here', 'paper');
