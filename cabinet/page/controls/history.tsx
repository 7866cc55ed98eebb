import type { CabinetView } from '../../view.ts';
import type { Happening } from '../../world/plain.ts';

/** What happened in the physical world, newest first. Only the world knows all of it: no screen and no journal does. */
export function History({ view }: { view: CabinetView }) {
  return (
    <aside class="happened" aria-label="What happened">
      <h2>What happened</h2>
      <ol class="history">
        {view.history.map((happening, index) => (
          <li key={`${happening.at}-${view.history.length - index}`}>
            <time>{clockTime(happening.at)}</time> {sentence(happening)}
          </li>
        ))}
        {view.history.length === 0 && <li>Nothing yet.</li>}
      </ol>
    </aside>
  );
}

function sentence({ what, card, count, who }: Happening): string {
  const number = count === undefined ? '' : ` (${count})`;
  return `${what}${number}${card ? `: ${card}` : ''}${who ? `, ${who}` : ''}`;
}

function clockTime(wallMs: number): string {
  return new Date(wallMs).toLocaleTimeString('en-GB');
}
