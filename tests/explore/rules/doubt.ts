import type { Fact } from '../books.ts';
import type { Universe } from '../universe.ts';

/**
 * A person is needed only where a list says so; anywhere else doubt is a fault. Without a hand, a frozen sensor or a printer
 * that does as it likes, the list is this, and the program has died each time:
 * - an inked card was inside that it had not begun to present;
 * - presenting was written, and the card stood in the slot when the program came back, or the board had lost its power;
 * - a feed was intended (the blank alone, never the right) or presenting was written, and the printer had forgotten its settings, or the card
 *   had been moved to the box by a life that ended before it was booked.
 * That the printer counted more than is known is never on it.
 * A printer forgets its settings when it loses its power, and in a reset that the program did not outlive: what it did after
 * either is not known.
 */
export function doubts(universe: Universe, facts: readonly Fact[]): string[] {
  const isListed = (subject: string) => mayBeUnsure(universe, facts, subject);
  const isUnspent = (subject: string) => lastStep(facts, subject)?.type === 'print.intended';
  const unsure = facts.filter(({ type, data }) => type === 'print.outcome' && data.outcome === 'in-doubt');
  const lost = facts.filter(
    ({ type, data }) => type === 'blanko.moved' && ['in-doubt', 'unexplained'].includes(String(data.to)),
  );
  return [
    ...unsure
      .filter(({ subject }) => isUnspent(subject) || !isListed(subject))
      .map(() => 'doubt: a right needs a person, and nothing happened that does'),
    ...lost
      .filter(({ subject }) => !isListed(subject))
      .map(({ data }) => `doubt: a blank is ${data.to} (${data.evidence})`),
    ...facts
      .filter(({ data }) => data.action === 'counter-unexplained')
      .map(({ data }) => `doubt: the printer is said to have counted more than is known (${data.reason})`),
  ];
}

const lastStep = (facts: readonly Fact[], subject: string): Fact | undefined =>
  facts.findLast((one) => one.subject === subject && steps.includes(one.type));
const steps = ['print.intended', 'print.inking', 'print.printed', 'print.presenting'];

function mayBeUnsure({ told }: Universe, facts: readonly Fact[], subject: string): boolean {
  const last = lastStep(facts, subject);
  const starts = facts.filter(({ type }) => type === 'kiosk.started');
  const first = starts.findIndex(({ seq }) => last !== undefined && seq > last.seq);
  if (!last || first < 0) return false;
  if (last.type === 'print.inking' || last.type === 'print.printed') return true;
  const decided = facts.find((one) => one.subject === subject && one.type === 'print.outcome');
  const found = told.starts.slice(first, starts.filter(({ seq }) => !decided || seq < decided.seq).length);
  if (found.some(({ printerForgot, boxed }) => printerForgot || boxed)) return true;
  return (
    last.type === 'print.presenting' && (found[0]?.cardInSlot === true || found.some(({ boardAnew }) => boardAnew))
  );
}
