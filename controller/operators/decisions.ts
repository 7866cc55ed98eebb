import type { Case, CaseKind } from './cases.ts';

/** What people may do about a card or a case. What is not listed for it is refused. */
export const decisions = [
  'hand-over',
  'retain',
  'destroy',
  'found',
  'not-found',
  'counted',
  'count-hopper',
  'empty-box',
  'load',
  'explain',
  'central',
] as const;
export type Decision = (typeof decisions)[number];

export type Matter = CaseKind | 'held';

/**
 * The decisions that each matter allows. A right comes back only with the body that carries it: where nobody finds the
 * body, this desk decides nothing, and central decides after the epoch is closed and the kiosk was counted. What of this
 * is allowed at the moment, `allowedNow` says.
 */
export const allowed: Record<Matter, readonly Decision[]> = {
  held: ['hand-over', 'destroy', 'not-found', 'central'],
  'in-doubt': ['hand-over', 'retain', 'destroy', 'found', 'not-found', 'central'],
  'blank-in-doubt': ['destroy', 'counted', 'not-found'],
  'box-shortage': ['found', 'not-found', 'central'],
  unexplained: ['count-hopper', 'empty-box', 'explain'],
  'counter-unexplained': ['count-hopper', 'empty-box', 'explain'],
  'unbooked-cards': ['load', 'count-hopper'],
  'training-difference': ['explain'],
};

/** A card that waits, as far as it bears on who may decide what. */
export interface CardNow {
  /** An entry says where its body is. */
  isSeen: boolean;
  /** This kiosk's epoch is open, so the decision is this kiosk's. */
  isOurs: boolean;
}

/** Those that take this very body in somebody's hands, and are about its right. */
const onTheBody: ReadonlySet<Decision> = new Set(['hand-over', 'retain', 'destroy']);

/** What may be decided now about all these matters of one subject; `card` is null where no inked card waits under it. */
export function allowedNow(matters: readonly Matter[], card: CardNow | null): Decision[] {
  const all = [...new Set(matters.flatMap((matter) => allowed[matter]))];
  if (!card) return all;
  return all.filter((one) => (onTheBody.has(one) ? card.isSeen && card.isOurs : one !== 'found' || !card.isSeen));
}

/** Throws in words where this matter does not allow the decision. */
export function requireAllowed(matter: Matter, decision: Decision): void {
  if (!allowed[matter].includes(decision))
    throw new Error(`${matter} does not allow ${decision}; it allows: ${allowed[matter].join(', ')}`);
}

/** How to type a decision; `central` is nobody's here. */
export function commandFor(decision: Decision, about: { subject: string | null; case: Case | null }): string | null {
  const card = `--subject ${about.subject ?? 'SUBJECT'}`;
  const two = '--by A --by B';
  const commands: Record<Decision, string | null> = {
    'hand-over': `hand-over ${card} ${two}`,
    retain: `retain ${card} --reason TEXT ${two}`,
    destroy: `destroy ${card} --document NO ${two}`,
    found: `found ${card} --place TEXT ${two}`,
    'not-found': `not-found ${card} --reason TEXT ${two}`,
    counted: `counted ${card} ${two}`,
    'count-hopper': `count-hopper --count N ${two}`,
    'empty-box': `empty-box --complete N --partial N --blank N ${two}`,
    load: `load --count N --document NO ${two}`,
    explain: `explain --case ${about.case?.id ?? 'C-N'} --document NO --reason TEXT ${two}`,
    central: null,
  };
  return commands[decision];
}
