import type { Morning } from '#central/console/morning.ts';
import { Icon } from './parts/icon.tsx';
import { ask, type Live, linkTo, useLive, useRoute } from './server.ts';
import { JobPage } from './views/job.tsx';
import { JobsPage } from './views/jobs.tsx';
import { KioskPage } from './views/kiosk.tsx';
import { MorningPage } from './views/morning.tsx';
import { OdditiesPage } from './views/oddities.tsx';
import { SearchPage } from './views/search.tsx';
import { WorkListPage } from './views/work-list.tsx';
import { clockTime, longDate } from './words/time.ts';

const pages = [
  { at: '', title: 'Pagi ini' },
  { at: 'tindakan', title: 'Perlu tindakan' },
  { at: 'cetak', title: 'Pekerjaan cetak' },
  { at: 'cari', title: 'Cari' },
  { at: 'janggal', title: 'Catatan janggal' },
] as const;

/** The office: where one is, whether the view is live, and the page itself. */
export function Frame({ name, onOut }: { name: string; onOut: () => void }) {
  const live = useLive(onOut);
  const [at = '', detail] = useRoute();
  const out = () => ask('sign-out', {}).then(onOut);
  const waiting = live.overview?.actions.length ?? 0;
  return (
    <>
      <header class="bar">
        <a class="brand" href={linkTo('')}>
          <Icon size={26} /> Anjungan <span>Konsol pusat</span>
        </a>
        <nav aria-label="Halaman">
          {pages.map((page) => (
            <a key={page.at} href={linkTo(page.at)} aria-current={isHere(page.at, at) ? 'page' : undefined}>
              {page.title}
              {page.at === 'tindakan' && waiting > 0 && <span class="count">{waiting}</span>}
            </a>
          ))}
        </nav>
        <p class="now">
          <span class={`dot ${live.connected ? 'good' : 'none'}`} />
          {longDate(live.nowMs)}, {clockTime(live.nowMs)} WIB
        </p>
        <button type="button" class="plain" onClick={out} title={`Masuk sebagai ${name}`}>
          Keluar
        </button>
      </header>
      {!live.connected && live.overview && <Stale overview={live.overview} />}
      <main class="page">
        {live.overview ? pageOf(at, detail, live, live.overview) : <p class="quiet centre">Membaca keadaan mesin …</p>}
      </main>
    </>
  );
}

function Stale({ overview }: { overview: Morning }) {
  return (
    <p class="stale" role="status">
      Sambungan ke kantor terputus. Yang terlihat adalah keadaan pukul {clockTime(overview.atMs)} WIB.
    </p>
  );
}

const isHere = (page: string, at: string) => page === at || (page === '' && at === 'mesin');

function pageOf(at: string, detail: string | undefined, { nowMs }: Live, overview: Morning) {
  const shared = { overview, nowMs };
  if (at === 'mesin' && detail) return <KioskPage {...shared} kiosk={detail} key={detail} />;
  if (at === 'tindakan') return <WorkListPage {...shared} />;
  if (at === 'cetak' && detail) return <JobPage subject={detail} overview={overview} key={detail} />;
  if (at === 'cetak') return <JobsPage {...shared} />;
  if (at === 'cari') return <SearchPage overview={overview} />;
  if (at === 'janggal') return <OdditiesPage {...shared} />;
  return <MorningPage {...shared} />;
}
