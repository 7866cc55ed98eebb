import type { Language, Pace } from '#contract/screen/screen-state.ts';
import type { EntryData, Proof } from '#contract/uplink/entries.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import type { FingerReferences } from '#controller/devices/finger-matching.ts';
import type { HeldCard } from '#controller/jobs/job.ts';
import type { Appended } from '#controller/journal/journal.ts';
import type { Lease } from '#controller/leases/leases.ts';
import type { Lookup, VisitAt } from '#controller/visit/visit.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';

/** All that is known of the person at the screen. Lives in memory, for one visit, and is dropped as a whole. */
export interface Session {
  readonly visitNo: string;
  readonly begunMs: number;
  /** Aborts whatever is being asked or watched for this visit. */
  readonly stop: AbortController;
  asking: AbortController;
  camera: AbortController;
  /** One picture of a finger at a time. */
  reading: AbortController;
  lookup: Lookup | null;
  /** A keyed hash, to recognise the same PIN once more. */
  pinHash: string | null;
  identifyReqId: string | null;
  sealed: string | null;
  /** Without its fingers: those are in `references`, until the proof is given. */
  record: SealedRecord | null;
  references: FingerReferences | null;
  face: CardFace | null;
  leaseReqId: string | null;
  /** The lease that was kept ahead for this person: it outlives the visit, unless a card ends it. */
  keptLeaseId: string | null;
  lease: Lease | null;
  held: HeldCard | null;
  /** The outcome's entry: what the receipt names. */
  outcome: Appended | null;
  paper: PaperFact | null;
  account: VisitAccount;
}

export interface PaperFact {
  paper: EntryData<'receipt.printed'>['paper'];
  result: 'printed' | 'owed';
  code: string;
}

/** What `visit.ended` will say; nothing of it is personal. */
export interface VisitAccount {
  stepsMs: Record<string, number>;
  step: VisitAt;
  enteredMs: number;
  lang: Language;
  pace: Pace;
  aids: Set<string>;
  helpCalled: boolean;
  tries: number;
  fingers: { comparisons: number; poor: number };
  /** The officer who knew the person, if one did. */
  vouchedBy: string | null;
  proofs: Proof[];
}

export function newSession(visitNo: string, nowMs: number, lang: Language): Session {
  return {
    visitNo,
    begunMs: nowMs,
    stop: new AbortController(),
    asking: new AbortController(),
    camera: new AbortController(),
    reading: new AbortController(),
    lookup: null,
    pinHash: null,
    identifyReqId: null,
    sealed: null,
    record: null,
    references: null,
    face: null,
    leaseReqId: null,
    keptLeaseId: null,
    lease: null,
    held: null,
    outcome: null,
    paper: null,
    account: {
      stepsMs: {},
      step: 'how',
      enteredMs: nowMs,
      lang,
      pace: 1,
      aids: new Set(),
      helpCalled: false,
      tries: 0,
      fingers: { comparisons: 0, poor: 0 },
      vouchedBy: null,
      proofs: [],
    },
  };
}

/** Adds the time spent in the step that is left. */
export function enterStep(account: VisitAccount, step: VisitAt, nowMs: number): void {
  account.stepsMs[account.step] = (account.stepsMs[account.step] ?? 0) + Math.round(nowMs - account.enteredMs);
  account.step = step;
  account.enteredMs = nowMs;
}
