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
 * body, this desk decides nothing, and central decides after the epoch is closed and the kiosk was counted.
 */
export const allowed: Record<Matter, readonly Decision[]> = {
  held: ['hand-over', 'destroy', 'not-found', 'central'],
  'in-doubt': ['hand-over', 'retain', 'destroy', 'not-found', 'central'],
  'blank-in-doubt': ['destroy', 'counted', 'not-found'],
  'box-shortage': ['found', 'not-found', 'central'],
  unexplained: ['count-hopper', 'empty-box', 'explain'],
  'counter-unexplained': ['count-hopper', 'empty-box', 'explain'],
  'unbooked-cards': ['load', 'count-hopper'],
  'training-difference': ['explain'],
};

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
