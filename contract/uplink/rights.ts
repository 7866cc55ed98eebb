import type { EntryType, PrintOutcome } from './entries.ts';

/**
 * Where a print right stands. `usable` is at central; from `leased` on it is with one kiosk,
 * and from `inking` on it travels with one piece of plastic. `fenced`: its kiosk's epoch was closed before ink was known of,
 * `fenced-inked`: after. Late facts of that epoch still count there; otherwise named people decide. `lost`: a body that nobody found.
 */
export const rightStates = [
  'usable',
  'leased',
  'intended',
  'inking',
  'presenting',
  'held',
  'in-doubt',
  'fenced',
  'fenced-inked',
  'lost',
  'issued',
  'paused',
  'closed',
] as const;
export type RightState = (typeof rightStates)[number];

/** What moves a right: an entry of the kiosk that holds it, with the outcome spelled out; or the office, once that kiosk's epoch is closed or where no kiosk holds it. */
export const rightMoves = [
  'lease.voided',
  'print.intended',
  'print.inking',
  'print.printed',
  'print.checked',
  'print.presenting',
  'outcome:issued',
  'outcome:retained',
  'outcome:spoiled',
  'outcome:unused',
  'outcome:in-doubt',
  'card.handed-over',
  'card.destroyed',
  'visit:data-disputed',
  'epoch.closed',
  'decided:issued',
  'decided:destroyed',
  'decided:lost',
  'decided:resumed',
] as const;
export type RightMove = (typeof rightMoves)[number];

export type RightStep = { to: RightState } | { anomaly: string };

type Row = Partial<Record<RightMove, RightState>>;

/** Two people, with the body before them or without it. Whether they may is central's to check: only after the epoch is closed. */
const decisions = { 'decided:issued': 'issued', 'decided:destroyed': 'usable', 'decided:lost': 'lost' } as const;

/** What each move does in each state. A cell that is missing is an anomaly: stored, and shown to a person. */
const table: Record<RightState, Row> = {
  usable: { 'visit:data-disputed': 'paused', 'lease.voided': 'usable' },
  leased: {
    'lease.voided': 'usable',
    'print.intended': 'intended',
    'visit:data-disputed': 'leased',
    'epoch.closed': 'fenced',
  },
  intended: {
    'print.inking': 'inking',
    'outcome:unused': 'leased',
    'outcome:in-doubt': 'in-doubt',
    'epoch.closed': 'fenced',
  },
  inking: {
    'print.printed': 'inking',
    'print.checked': 'inking',
    'print.presenting': 'presenting',
    'outcome:spoiled': 'leased',
    'outcome:retained': 'held',
    'outcome:in-doubt': 'in-doubt',
    'epoch.closed': 'fenced-inked',
  },
  presenting: {
    'print.presenting': 'presenting',
    'outcome:issued': 'issued',
    'outcome:retained': 'held',
    'outcome:in-doubt': 'in-doubt',
    'epoch.closed': 'fenced-inked',
  },
  held: { 'card.handed-over': 'issued', 'card.destroyed': 'usable', 'epoch.closed': 'held', ...decisions },
  'in-doubt': {
    'card.handed-over': 'issued',
    'card.destroyed': 'usable',
    'outcome:issued': 'issued',
    'outcome:retained': 'held',
    'epoch.closed': 'in-doubt',
    ...decisions,
  },
  fenced: {
    'lease.voided': 'usable',
    'print.intended': 'fenced',
    'print.inking': 'fenced-inked',
    'outcome:unused': 'fenced',
    'outcome:in-doubt': 'in-doubt',
    'visit:data-disputed': 'fenced',
    ...decisions,
  },
  'fenced-inked': {
    'print.printed': 'fenced-inked',
    'print.checked': 'fenced-inked',
    'print.presenting': 'fenced-inked',
    'outcome:issued': 'issued',
    'outcome:retained': 'held',
    'outcome:spoiled': 'fenced',
    'outcome:in-doubt': 'in-doubt',
    ...decisions,
  },
  lost: {},
  issued: {},
  // The registry's next delivery of another record ends a pause too; two people end one that no delivery will.
  paused: { 'visit:data-disputed': 'paused', 'lease.voided': 'paused', 'decided:resumed': 'usable' },
  closed: { 'lease.voided': 'closed' },
};

export function rightAfter(state: RightState, move: RightMove): RightStep {
  const to = table[state][move];
  return to ? { to } : { anomaly: `${move} while ${state}` };
}

/** Names the move that an entry is, or null where it moves no right. */
export function moveOf(type: EntryType, data: { outcome?: string }): RightMove | null {
  if (type === 'print.outcome') return `outcome:${data.outcome as PrintOutcome}`;
  if (type === 'visit.ended') return data.outcome === 'data-disputed' ? 'visit:data-disputed' : null;
  return (rightMoves as readonly string[]).includes(type) ? (type as RightMove) : null; // no entry is named like an act of the office
}

/** The states in which a kiosk holds the right, or held it when its epoch was closed, and nobody else may have it. */
export const atKiosk: readonly RightState[] = [
  'leased',
  'intended',
  'inking',
  'presenting',
  'held',
  'in-doubt',
  'fenced',
  'fenced-inked',
];
