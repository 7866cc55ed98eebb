import type { EntryType, PrintOutcome } from './entries.ts';

/**
 * Where a print right stands. `usable` is at central; from `leased` on it is with one kiosk,
 * and from `inking` on it travels with one piece of plastic.
 */
export const rightStates = [
  'usable',
  'leased',
  'intended',
  'inking',
  'presenting',
  'held',
  'in-doubt',
  'issued',
  'paused',
  'closed',
] as const;
export type RightState = (typeof rightStates)[number];

/** What moves a right: an entry of the kiosk that holds it, with the outcome spelled out. */
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
] as const;
export type RightMove = (typeof rightMoves)[number];

export type RightStep = { to: RightState } | { anomaly: string };

type Row = Partial<Record<RightMove, RightState>>;

/** What each move does in each state. A cell that is missing is an anomaly: stored, and shown to a person. */
const table: Record<RightState, Row> = {
  usable: { 'visit:data-disputed': 'paused', 'lease.voided': 'usable' },
  leased: { 'lease.voided': 'usable', 'print.intended': 'intended', 'visit:data-disputed': 'leased' },
  intended: { 'print.inking': 'inking', 'outcome:unused': 'leased', 'outcome:in-doubt': 'in-doubt' },
  inking: {
    'print.printed': 'inking',
    'print.checked': 'inking',
    'print.presenting': 'presenting',
    'outcome:spoiled': 'leased',
    'outcome:retained': 'held',
    'outcome:in-doubt': 'in-doubt',
  },
  presenting: {
    'print.presenting': 'presenting',
    'outcome:issued': 'issued',
    'outcome:retained': 'held',
    'outcome:in-doubt': 'in-doubt',
  },
  held: { 'card.handed-over': 'issued', 'card.destroyed': 'usable' },
  'in-doubt': {
    'card.handed-over': 'issued',
    'card.destroyed': 'usable',
    'outcome:issued': 'issued',
    'outcome:retained': 'held',
  },
  issued: {},
  paused: { 'visit:data-disputed': 'paused', 'lease.voided': 'paused' },
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
  return (rightMoves as readonly string[]).includes(type) ? (type as RightMove) : null;
}

/** The states in which a kiosk holds the right and nobody else may have it. */
export const atKiosk: readonly RightState[] = ['leased', 'intended', 'inking', 'presenting', 'held', 'in-doubt'];
