import { useState } from 'preact/hooks';
import type { Morning } from '#central/console/morning.ts';
import type { Found, SearchKind } from '#central/fleet/search.ts';
import type { ReceiptVerdict } from '#central/fleet/verify-receipt.ts';
import { Empty, Sheet } from '../parts/marks.tsx';
import { ReceiptSheet } from '../parts/receipt.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { ask } from '../server.ts';
import { classes, rightStates } from '../words/names.ts';
import { longDate } from '../words/time.ts';
import { siteOf } from './shared.ts';

const kinds: Record<SearchKind, { name: string; example: string }> = {
  visit: { name: 'Nomor kunjungan', example: 'SU1-4821-7' },
  pickup: { name: 'Nomor pengambilan', example: '10 angka pada slip perekaman' },
  receipt: { name: 'Bukti tanda terima', example: '10 tanda, seperti Ab3d E9x Kq7' },
};
const purposes = ['Pengaduan warga', 'Pemeriksaan gangguan mesin', 'Pencocokan blangko', 'Pemeriksaan internal'];
const refusals: Record<string, string> = {
  purpose: 'Tulis keperluannya, paling sedikit 5 huruf.',
  value: 'Nomor itu tidak mungkin benar. Periksa angkanya sekali lagi.',
  session: 'Sesi sudah berakhir. Masuk lagi.',
};

type Result = { found: Found | null; receipt?: ReceiptVerdict } | { refused: string } | null;

/** A look-up asks its purpose first: every one is written down with the name of whoever asked. */
export function SearchPage({ overview }: { overview: Morning }) {
  const [kind, setKind] = useState<SearchKind>('visit');
  const [value, setValue] = useState('');
  const [purpose, setPurpose] = useState('');
  const [result, setResult] = useState<Result>(null);

  async function submit(event: Event) {
    event.preventDefault();
    const { body } = await ask<Exclude<Result, null>>('search', { kind, value, purpose });
    setResult(body ?? { refused: 'away' });
  }

  return (
    <>
      <form class="sheet search" onSubmit={submit}>
        <fieldset>
          <legend>Cari dengan</legend>
          {(Object.keys(kinds) as SearchKind[]).map((one) => (
            <label key={one} class="choice">
              <input type="radio" name="kind" checked={one === kind} onChange={() => setKind(one)} />
              {kinds[one].name}
            </label>
          ))}
        </fieldset>
        <label>
          {kinds[kind].name}
          <input
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
            placeholder={kinds[kind].example}
            autocomplete="off"
            required
          />
        </label>
        <label>
          Keperluan
          <input
            value={purpose}
            onInput={(event) => setPurpose(event.currentTarget.value)}
            list="purposes"
            placeholder="Untuk apa dicari?"
            autocomplete="off"
            required
          />
        </label>
        <datalist id="purposes">
          {purposes.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
        <button type="submit" class="main">
          Cari
        </button>
        <p class="quiet small">
          Setiap pencarian dicatat: siapa, kapan, dan keperluannya. Nama dan NIK tidak pernah ditampilkan.
        </p>
      </form>
      <Results result={result} overview={overview} />
    </>
  );
}

function Results({ result, overview }: { result: Result; overview: Morning }) {
  if (!result) return null;
  if ('refused' in result) return <Empty>{refusals[result.refused] ?? 'Kantor tidak menjawab. Coba lagi.'}</Empty>;
  const { found, receipt } = result;
  if (!found && !receipt) return <Empty>Tidak ada catatan dengan nomor itu.</Empty>;
  const { standing, visits } = found ?? { standing: null, visits: [] };
  return (
    <div class="stack">
      {receipt && <ReceiptSheet verdict={receipt} overview={overview} />}
      {standing && <Standing standing={standing} overview={overview} />}
      {standing && visits.length === 0 && <Empty>Belum ada kunjungan dengan nomor ini.</Empty>}
      {visits.map(({ kiosk, epoch, visitNo, lines }) => (
        <Sheet
          key={`${kiosk} ${epoch} ${visitNo}`}
          title={`Kunjungan ${visitNo}`}
          aside={`${siteOf(overview, kiosk)}, ${longDate(lines[0]?.atMs ?? 0)}`}
        >
          <Timeline lines={lines} />
        </Sheet>
      ))}
    </div>
  );
}

function Standing({ standing, overview }: { standing: NonNullable<Found['standing']>; overview: Morning }) {
  const { status, statusSince, right } = standing;
  return (
    <Sheet title="Keadaan nomor ini">
      <dl class="facts">
        <dt>Rekaman</dt>
        <dd>
          {status} sejak {statusSince}
        </dd>
        <dt>Golongan</dt>
        <dd>{classes[standing.class] ?? standing.class}</dd>
        <dt>Hak cetak</dt>
        <dd>
          {right ? rightStates[right.state] : 'belum pernah diminta'}
          {right?.kiosk && `, ${siteOf(overview, right.kiosk)}`}
        </dd>
      </dl>
    </Sheet>
  );
}
