import type { ProblemCode } from '#contract/problems/codes.ts';
import type { ProblemRow } from '#contract/problems/row.ts';

/** Something that waits for a person: who, since when, until when. */
export interface Action {
  what:
    | 'device'
    | 'service'
    | 'silent'
    | 'held'
    | 'in-doubt'
    | 'fenced'
    | 'fenced-uncounted'
    | 'lost'
    | 'lease-waits'
    | 'paused'
    | 'revoke-undone'
    | 'surrender-undone'
    | 'closing-undone'
    | 'epoch-closed'
    | 'count-differs'
    | 'unexplained'
    | 'restoring'
    | 'books'
    | 'anomaly'
    | 'fork';
  /** Null where it concerns all of them. */
  kiosk: string | null;
  code: ProblemCode | null;
  device: string | null;
  owner: ProblemRow['fixedBy'];
  severity: ProblemRow['severity'];
  sinceMs: number | null;
  /** Null where the table sets no time. */
  dueMs: number | null;
  count: number;
}

export const HOUR_MS = 3_600_000;

/** What most lines leave unsaid. */
export const blank = { code: null, device: null, sinceMs: null, dueMs: null, count: 1 };
