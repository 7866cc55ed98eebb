import type { Oddity } from '#central/fleet/oddities.ts';
import { Empty, Mark, Sheet, Waiting } from '../parts/marks.tsx';
import { linkTo, useAnswer } from '../server.ts';
import { moment } from '../words/time.ts';
import { factsIn, type ViewProps } from './shared.ts';

export function OdditiesPage({ overview, nowMs }: ViewProps) {
  const list = useAnswer<Oddity[]>('oddities', factsIn(overview));
  return (
    <Sheet title="Catatan janggal" aside="disimpan dan diakui seperti yang lain; menunggu seseorang melihatnya">
      {list === null || list === 'away' ? <Waiting answer={list} /> : <OddityTable list={list} nowMs={nowMs} />}
    </Sheet>
  );
}

function OddityTable({ list, nowMs }: { list: readonly Oddity[]; nowMs: number }) {
  if (list.length === 0) return <Empty>Tidak ada. Semua catatan sesuai tabel.</Empty>;
  return (
    <table>
      <thead>
        <tr>
          <th>Dilihat</th>
          <th>Jenis</th>
          <th>Mesin</th>
          <th class="number">Catatan</th>
          <th>Isi (bahasa program)</th>
        </tr>
      </thead>
      <tbody>
        {list.map((odd, index) => (
          <tr key={index}>
            <td class="nowrap">{moment(odd.seenMs, nowMs)}</td>
            <td>
              {odd.kind === 'fork' ? <Mark tone="bad">sejarah lain</Mark> : <Mark tone="warn">tidak sesuai tabel</Mark>}
            </td>
            <td>
              <a href={linkTo('mesin', odd.kiosk)}>{odd.kiosk}</a>
            </td>
            <td class="number">
              {odd.epoch}/{odd.seq}
            </td>
            <td>
              <code>{odd.what}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
