import type { ProblemCode } from '#contract/problems/codes.ts';
import type {
  FingerPosition,
  FingerSay,
  Params,
  PrintPhase,
  ReviewFields,
  ServiceLevel,
} from '#contract/screen/screen-state.ts';
import type { Proof, VisitOutcome } from '#contract/uplink/entries.ts';

/** What the person gave to be recognised by. */
export interface Lookup {
  kind: 'code' | 'nik';
  value: string;
}

/** Who this is, as far as the visit needs it; the record itself stays with the runner, in memory. */
export interface Identified {
  rightId: string;
  firstCard: boolean;
  fields: ReviewFields;
  /** Enrolled fingers that can be compared, in the order in which they are asked for. */
  fingers: readonly FingerPosition[];
}

/** How often a finger may still be tried. `which` counts in the person's fingers. */
export interface FingerTries {
  which: number;
  /** A comparison is a try. */
  comparisonsLeft: number;
  /** Every picture counts here; a poor one is never a try. */
  capturesLeft: number;
}

/** A finished answer to "why no card": shown, and put on a slip. */
export interface Answer {
  code: ProblemCode;
  params: Params;
  outcome: VisitOutcome;
}

export type Paper = 'none' | 'printing' | 'printed' | 'owed';

/** Where the visit is. Impossible combinations cannot be written. */
export type Visit =
  | { at: 'welcome'; service: ServiceLevel }
  /** `unknownTries` goes along while a number is looked for: five in one visit, whichever way they were given. */
  | { at: 'how'; service: ServiceLevel; unknownTries: number }
  | {
      at: 'scan-qr';
      service: ServiceLevel;
      unknownTries: number;
      seen: 'nothing' | 'damaged' | 'dark' | 'glare' | 'kk' | 'qris' | 'ikd' | 'chat' | 'web' | 'other';
    }
  | { at: 'number'; service: ServiceLevel; problem: ProblemCode | null; params: Params; unknownTries: number }
  | { at: 'asking-status'; service: ServiceLevel; lookup: Lookup; unknownTries: number }
  /** What is given is a list, not a chain of steps; what more is required is known once it is known of whom. */
  | {
      at: 'proving';
      service: ServiceLevel;
      lookup: Lookup;
      unknownTries: number;
      given: readonly Proof[];
      problem: ProblemCode | null;
      params: Params;
    }
  | {
      at: 'asking-identify';
      service: ServiceLevel;
      lookup: Lookup;
      unknownTries: number;
      given: readonly Proof[];
    }
  /** A finger is awaited, read or compared. `part` of its picture is there. */
  | {
      at: 'finger';
      person: Identified;
      given: readonly Proof[];
      tries: FingerTries;
      say: FingerSay;
      part: number;
    }
  /** A person identifies the person. `why` is null where they were asked for; `back` is what is left of the finger's tries. */
  | {
      at: 'officer-proof';
      person: Identified;
      given: readonly Proof[];
      why: ProblemCode | null;
      back: FingerTries | null;
    }
  | { at: 'review'; person: Identified; given: readonly Proof[]; face: 'rendering' | 'ready' }
  /** Asked for as late as possible; the grant and the rendered face are both waited for. */
  | { at: 'asking-right'; person: Identified; given: readonly Proof[]; face: 'rendering' | 'ready'; granted: boolean }
  | {
      at: 'printing';
      person: Identified;
      given: readonly Proof[];
      phase: PrintPhase;
      fraction: number;
      minutesLeft: number;
    }
  | { at: 'take-card'; person: Identified; given: readonly Proof[]; offer: 1 | 2 }
  /** The card is inside again; the person may say that they are here, and proves it once more. Then it is coming out. */
  | {
      at: 'offer-again';
      person: Identified;
      given: readonly Proof[];
      step: 'still-here' | 'pin' | 'coming-out';
      problem: ProblemCode | null;
      triesLeft: number;
    }
  | { at: 'storing'; person: Identified; given: readonly Proof[] }
  | { at: 'receipt'; person: Identified }
  | { at: 'answer'; answer: Answer; paper: Paper; mayRetry: boolean; mayDispute: boolean }
  /** What was answered before the officer was called still stands: a held card is not `with-officer`. */
  | { at: 'officer'; paper: Paper; officerPresent: boolean; answer: Answer | null }
  | { at: 'goodbye'; outcome: VisitOutcome; firstCard: boolean; paper: 'printed' | 'owed' | 'none' };

export type VisitAt = Visit['at'];
export type VisitIn<At extends VisitAt> = Extract<Visit, { at: At }>;

export const visitSteps = [
  'welcome',
  'how',
  'scan-qr',
  'number',
  'asking-status',
  'proving',
  'asking-identify',
  'finger',
  'officer-proof',
  'review',
  'asking-right',
  'printing',
  'take-card',
  'offer-again',
  'storing',
  'receipt',
  'answer',
  'officer',
  'goodbye',
] as const satisfies readonly VisitAt[];
