import type { ProblemCode } from '../problems/codes.ts';
import type { VisitOutcome } from '../uplink/entries.ts';

export type { VisitOutcome } from '../uplink/entries.ts';

export type Language = 'id' | 'en';
/** 1, or 3 for a person who asked for more time, wears the headset or has an officer beside them. */
export type Pace = 1 | 3;

/** What this kiosk can do for the next person; shown before they spend any effort. */
export interface ServiceLevel {
  mode: 'full' | 'status-only' | 'closed';
  /** Why it is not `full`. */
  reason: ProblemCode | null;
  cardsLeftToday: number | null;
  /** When it will be better, as ISO 8601 local time (`2026-11-23T08:00`), where that is known. */
  nextAt: string | null;
  officerPresent: boolean;
  /** The name of the site, for the heading: `Seberang Ulu I`. */
  siteName: string;
}

/** What the words of a problem may need: dates as `YYYY-MM-DD`, times as ISO local, names of places, counts. Never a person. */
export type Params = Record<string, string | number>;

/** What a trouble or an answer means for the person; one of four reassurances is always shown with it. */
export interface Effect {
  code: ProblemCode;
  params: Params;
  right: 'kept' | 'held' | 'used' | 'none';
  pin: 'kept' | 'used';
  next: 'wait' | 'retry' | 'officer' | 'office' | 'come-back' | 'go-elsewhere';
}

/** The person's own data, for the review; every field is covered until pressed. */
export interface ReviewFields {
  /** First two letters of each word and four dots, as shown before it is uncovered. */
  nameMasked: string;
  name: string;
  birthPlaceAndDate: string;
  sex: string;
  address: string;
  maritalStatus: string;
  /** `•••• •••• •••• 0000` */
  nikMasked: string;
}

/** By the names of ISO/IEC 19794-2; `unknown` where the record does not say which finger it is. */
export type FingerPosition = 'unknown' | `${'right' | 'left'}-${'thumb' | 'index' | 'middle' | 'ring' | 'little'}`;

/** What is said at the glass: asked for, lying there, not felt, one thing that would help, once more, or the other finger. */
export type FingerSay = 'place' | 'hold' | 'no-finger' | 'press' | 'centre' | 'dry' | 'wipe' | 'again' | 'other';

export type PrintPhase = 'preparing' | 'feeding' | 'printing' | 'presenting';

export type Screen =
  /** The controller is starting or recovering; the page shows the same when it cannot reach it. */
  | { at: 'preparing'; code: ProblemCode | null }
  | { at: 'welcome'; service: ServiceLevel }
  /** One choice: QR by camera, or a number on the keypad. */
  | { at: 'how'; camera: boolean }
  | {
      at: 'scan-qr';
      hint: 'hold' | 'closer' | 'brighter' | 'glare' | 'foreign' | 'damaged';
      foreign: 'kk' | 'qris' | 'ikd' | 'chat' | 'web' | 'other' | null;
    }
  /** One numeric keypad for pick-up number (10) and NIK (16), told apart by length. */
  | { at: 'number'; problem: ProblemCode | null; params: Params }
  | { at: 'pin'; problem: ProblemCode | null; params: Params }
  /** Asking central. `slow` after 10 s: then words are shown. */
  | { at: 'asking'; what: 'status' | 'identify' | 'right'; slow: boolean }
  /** An answer without a card: status with age and next step, referral, or a private matter. */
  | {
      at: 'answer';
      effect: Effect;
      slip: 'none' | 'printing' | 'printed' | 'owed';
      mayDispute: boolean;
      retry: boolean;
    }
  /** One finger on the glass. `part` of its picture is there; `hasOther`: another one is enrolled too. Never a score, never a verdict. */
  | { at: 'finger'; finger: FingerPosition; say: FingerSay; part: number; triesLeft: number; hasOther: boolean }
  /** A person will know this person. `why` is null where the person asked for the officer; `back`: the glass is still there too. */
  | {
      at: 'officer-proof';
      why: ProblemCode | null;
      back: boolean;
      step: 'called' | 'none-on-duty';
      nextAt: string | null;
    }
  | { at: 'review'; fields: ReviewFields }
  /** Honest progress: `fraction` follows the panels, `minutesLeft` the printer's pace. */
  | { at: 'printing'; phase: PrintPhase; fraction: number; minutesLeft: number }
  | { at: 'take-card'; offer: 1 | 2 }
  /** The card was pulled inside; the person may still say that they are here, and proves it with the PIN. Then it is stored. */
  | { at: 'offer-again'; step: 'still-here' | 'pin' | 'storing'; problem: ProblemCode | null }
  | { at: 'receipt' }
  | { at: 'goodbye'; outcome: VisitOutcome; firstCard: boolean; paper: 'printed' | 'owed' | 'none'; reported: boolean }
  /** Something broke during the visit. Three lines: what, your card or PIN, what now. */
  | { at: 'trouble'; effect: Effect; slip: 'none' | 'printing' | 'printed' | 'owed'; retry: boolean }
  | { at: 'officer'; step: 'called' | 'none-on-duty'; nextAt: string | null };

/** What the page gets, whole, on connect and on every change. */
export interface ScreenState {
  /** Grows with every change of what is shown, not with the seconds; a tap names the one it saw. */
  rev: number;
  lang: Language;
  pace: Pace;
  visitNo: string | null;
  /** Until this step ends by itself; null where it never does. */
  secondsLeft: number | null;
  /** The last seconds: the page asks "still here?" over the screen. Any touch dismisses it. */
  warning: boolean;
  officerCalled: boolean;
  screen: Screen;
}
