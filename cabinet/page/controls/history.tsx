import type { About } from '../../page-server.ts';
import type { CabinetView } from '../../view.ts';
import type { Happening } from '../../world/plain.ts';

/** What happened in the physical world, newest first. Only the world knows all of it: no screen and no journal does. */
export function History({ view, citizens }: { view: CabinetView; citizens: About['citizens'] }) {
  const names = new Map(citizens.map(({ code, name }) => [code, name]));
  return (
    <aside class="happened" aria-label="What happened">
      <h2>What happened</h2>
      <ol class="history">
        {view.history.map((happening, index) => (
          <li key={`${happening.at}-${view.history.length - index}`}>
            <time>{clockTime(happening.at)}</time> {sentence(happening, names)}
          </li>
        ))}
        {view.history.length === 0 && <li>Nothing yet.</li>}
      </ol>
    </aside>
  );
}

/** Fingers are known by pick-up numbers, and people by their names. */
function sentence({ what, card, count, who }: Happening, names: ReadonlyMap<string, string>): string {
  const number = count === undefined ? '' : ` (${count})`;
  return `${what}${number}${card ? `: ${card}` : ''}${who ? `, ${names.get(who) ?? who}` : ''}`;
}

function clockTime(wallMs: number): string {
  return new Date(wallMs).toLocaleTimeString('en-GB');
}
