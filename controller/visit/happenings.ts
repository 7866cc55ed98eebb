import type { ProblemCode } from '#contract/problems/codes.ts';
import type { FingerPosition, FingerSay, Params, PrintPhase, ServiceLevel } from '#contract/screen/screen-state.ts';
import type { PrintOutcome, Proof, VisitOutcome } from '#contract/uplink/entries.ts';
import type { Identified, Lookup } from './visit.ts';

/** What a look at the camera showed. */
export type QrSeen =
  | { kind: 'pickup'; digits: string }
  | { kind: 'hint'; seen: 'nothing' | 'damaged' | 'dark' | 'glare' | 'kk' | 'qris' | 'ikd' | 'chat' | 'web' | 'other' };

/** What would make the next picture of a finger better. */
export type FingerHint = Extract<FingerSay, 'press' | 'centre' | 'dry' | 'wipe'>;

/** Everything that can happen to a visit: by touch, camera, central, printer, paper or time. */
export type Happening =
  | { type: 'service'; service: ServiceLevel }
  // The person
  | { type: 'start' }
  | { type: 'choose'; how: 'qr' | 'number' }
  | { type: 'number'; lookup: Lookup }
  | { type: 'number-wrong'; problem: ProblemCode; params: Params }
  | { type: 'pin'; pin: string }
  | { type: 'answer'; answer: 'yes' | 'not-me' | 'data-wrong' }
  | { type: 'other-finger' }
  | { type: 'retry' }
  | { type: 'back' }
  | { type: 'leave' }
  | { type: 'still-here' }
  | { type: 'not-received' }
  | { type: 'done' }
  | { type: 'call-officer'; officerPresent: boolean }
  // The camera
  | { type: 'qr'; seen: QrSeen }
  | { type: 'camera-failed'; code: ProblemCode }
  // Central
  | { type: 'status-ok' }
  | { type: 'status-refused'; code: ProblemCode; params: Params }
  /** `required` comes from policy and from what this cabinet can take; `unusable` is why no enrolled finger can be compared. */
  | { type: 'identified'; person: Identified; required: readonly Proof[]; unusable: ProblemCode | null }
  | { type: 'identify-refused'; code: ProblemCode; params: Params }
  | { type: 'right-granted' }
  | { type: 'right-refused'; code: ProblemCode; params: Params }
  // The finger
  | { type: 'finger-news'; say: 'hold' | 'no-finger'; part: number }
  | { type: 'finger-poor'; hint: FingerHint }
  | { type: 'finger-compared'; matched: boolean }
  | { type: 'finger-failed'; code: ProblemCode }
  /** An officer knows this person by a document and the portrait in the record. Who and why stands in the journal. */
  | { type: 'officer-vouched' }
  // The face of the card
  | { type: 'face-ready' }
  | { type: 'face-failed'; code: ProblemCode }
  // The card
  | { type: 'job-phase'; phase: PrintPhase; fraction: number; minutesLeft: number }
  | { type: 'card-at-exit' }
  | { type: 'card-left' }
  | { type: 'job-ended'; outcome: PrintOutcome | 'not-started'; code: ProblemCode | null }
  | { type: 'pin-checked'; fits: boolean }
  // Paper and time
  | { type: 'paper'; paper: 'printed' | 'owed' }
  | { type: 'time-up' };

export type HappeningType = Happening['type'];
export type HappeningOf<T extends HappeningType> = Extract<Happening, { type: T }>;

/** What the runner is to do. Data, so that a test can read it. */
export type Effect =
  | { do: 'begin-visit' }
  | { do: 'watch-qr' }
  | { do: 'stop-camera' }
  | { do: 'ask-status'; lookup: Lookup }
  | { do: 'identify'; lookup: Lookup; pin: string }
  /** One picture of this finger, and what comes of it. */
  | { do: 'read-finger'; finger: FingerPosition }
  | { do: 'stop-finger' }
  /** The references have done their work, or never will: nothing of them stays in memory. */
  | { do: 'forget-fingers' }
  | { do: 'render-face' }
  | { do: 'ask-right' }
  | { do: 'void-right'; reason: string }
  | { do: 'print' }
  | { do: 'check-pin'; pin: string }
  | { do: 'present-again' }
  | { do: 'retain' }
  | { do: 'print-receipt' }
  | { do: 'print-slip'; code: ProblemCode; params: Params; outcome: VisitOutcome }
  /** `dispute`: the person says that the card recorded as taken never reached them. */
  | { do: 'call-officer'; dispute?: true }
  | { do: 'officer-done' }
  /** Writes `visit.ended`, and wipes everything that was known of the person. */
  | { do: 'end-visit'; outcome: VisitOutcome; code: ProblemCode | null };
