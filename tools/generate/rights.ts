import { atKiosk, rightAfter, rightMoves, rightStates } from '#contract/uplink/rights.ts';
import { madeBy, page, table } from './tables.ts';

/** The transition table of a print right: what each move does in each state. */
export function rightsPage(): string {
  const rows = rightMoves.map((move) => [
    `\`${move}\``,
    ...rightStates.map((state) => {
      const step = rightAfter(state, move);
      return 'to' in step ? (step.to === state ? `= ${step.to}` : `**${step.to}**`) : '·';
    }),
  ]);
  return page(
    madeBy('contract/uplink/rights.ts'),
    '# Where a print right goes',
    'One row per move, one column per state it may find the right in. **Bold** is the state afterwards, `=` stays,' +
      ' and `·` is an anomaly: the entry is kept and acknowledged, changes nothing, and is shown to a person.',
    table(['move', ...rightStates], rows),
    `A kiosk holds the right, and nobody else may have it, in: ${atKiosk.join(', ')}. Time frees nothing.`,
    'From `inking` on the right is with one piece of plastic: it becomes usable again only when that body lies in the' +
      ' locked box (`outcome:spoiled`) or was destroyed by two people (`card.destroyed`).',
  );
}
