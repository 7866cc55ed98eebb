import type { CabinetView } from '../../view.ts';
import type { Happening } from '../../world/plain.ts';
import { Group } from './parts.tsx';

/** What happened in the physical world, newest first. No screen and no journal knows all of it. */
export function History({ view }: { view: CabinetView }) {
  return (
    <Group title="What happened" note="The truth of the plastic and paper, newest first.">
      <ol class="history">
        {view.history.map((happening, index) => (
          <li key={`${happening.at}-${view.history.length - index}`}>
            <time>{clockTime(happening.at)}</time> {sentence(happening)}
          </li>
        ))}
        {view.history.length === 0 && <li>Nothing yet.</li>}
      </ol>
    </Group>
  );
}

function sentence({ what, card, count, who }: Happening): string {
  const number = count === undefined ? '' : ` (${count})`;
  return `${what}${number}${card ? `: ${card}` : ''}${who ? `, ${who}` : ''}`;
}

function clockTime(wallMs: number): string {
  return new Date(wallMs).toLocaleTimeString('en-GB');
}
