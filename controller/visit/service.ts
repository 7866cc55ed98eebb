import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemRow } from '#contract/problems/codes.ts';
import type { ServiceLevel } from '#contract/screen/screen-state.ts';

/** Everything that decides what the next person can be served with. */
export interface Circumstances {
  siteName: string;
  officerPresent: boolean;
  centralPresent: boolean;
  /** People who can be served without central: their lease and record are here. */
  servedWithoutCentral: number;
  /** The journal is in order and nothing is open from an earlier life; otherwise why not. */
  blocked: ProblemCode | null;
  /** Faults of devices and sensors, worst first. */
  faults: readonly ProblemCode[];
  hopper: number;
  ribbonPrintsLeft: number | null;
  printedToday: number;
  dayLimit: number;
  nextAt: string | null;
}

/**
 * What the welcome screen says. A machine's reason refuses here, before the person spends any effort:
 * `status-only` when no card can be printed, `closed` when not even a number can be looked up. `full` with the reason
 * `central/unreachable`: only those whose card was prepared ahead are served, and so many there are.
 */
export function serviceLevel(now: Circumstances): ServiceLevel {
  const shared = { siteName: now.siteName, officerPresent: now.officerPresent, nextAt: now.nextAt };
  const reason = now.blocked ?? whyNoCard(now);
  if (reason === 'kiosk/training') return { mode: 'closed', reason, cardsLeftToday: null, ...shared };
  if (!now.centralPresent && (reason || now.servedWithoutCentral === 0))
    return { mode: 'closed', reason: now.blocked ?? 'central/unreachable', cardsLeftToday: null, ...shared };
  const left = cardsLeft(now);
  if (!now.centralPresent)
    return {
      mode: 'full',
      reason: 'central/unreachable',
      cardsLeftToday: Math.min(left, now.servedWithoutCentral),
      ...shared,
    };
  if (reason) return { mode: 'status-only', reason, cardsLeftToday: 0, ...shared };
  return { mode: 'full', reason: null, cardsLeftToday: left, ...shared };
}

function whyNoCard(now: Circumstances): ProblemCode | null {
  const fault = now.faults.find((code) => problemRow(code).visits !== 'go-on');
  if (fault) return fault;
  if (now.hopper <= 0) return 'kiosk/no-blanko';
  if (now.ribbonPrintsLeft === 0) return 'card-printer/ribbon-ended';
  return now.printedToday >= now.dayLimit ? 'kiosk/day-limit' : null;
}

function cardsLeft({ hopper, ribbonPrintsLeft, printedToday, dayLimit }: Circumstances): number {
  return Math.max(0, Math.min(hopper, ribbonPrintsLeft ?? hopper, dayLimit - printedToday));
}
