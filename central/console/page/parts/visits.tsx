import type { VisitCount } from '#central/fleet/visits.ts';
import { visitOutcomes } from '../words/names.ts';
import { causeOf } from '../words/problem.ts';
import { Empty } from './marks.tsx';

/** Visits of today by how they ended, each with its share as a bar. */
export function VisitList({ visits }: { visits: readonly VisitCount[] }) {
  if (visits.length === 0) return <Empty>Belum ada kunjungan yang selesai hari ini.</Empty>;
  const most = Math.max(...visits.map(({ count }) => count));
  return (
    <ul class="bars">
      {visits.map(({ outcome, code, count }) => (
        <li key={`${outcome} ${code}`}>
          <span class="number">{count}</span>
          <div>
            <p>{visitOutcomes[outcome]}</p>
            {code && <p class="quiet small">{causeOf(code)}</p>}
            <meter class={outcome === 'issued' ? 'good' : ''} min={0} max={most} value={count} />
          </div>
        </li>
      ))}
    </ul>
  );
}
