import type { ComponentChildren } from 'preact';
import { ActionItem } from '../parts/actions.tsx';
import { KioskTable } from '../parts/kiosk-table.tsx';
import { Empty, Sheet } from '../parts/marks.tsx';
import { VisitList } from '../parts/visits.tsx';
import { linkTo } from '../server.ts';
import { siteOf, type ViewProps } from './shared.ts';

const shownActions = 5;

export function MorningPage({ overview, nowMs }: ViewProps) {
  const { kiosks, actions, visitsToday } = overview;
  return (
    <>
      <Figures overview={overview} nowMs={nowMs} />
      <div class="columns">
        <Sheet title="Mesin" aside={`${kiosks.length} terdaftar`} class="wide">
          {kiosks.length === 0 ? (
            <Empty>Belum ada mesin terdaftar. Daftarkan dengan: npm run central -- register-kiosk REQUEST.json</Empty>
          ) : (
            <KioskTable kiosks={kiosks} nowMs={nowMs} />
          )}
        </Sheet>
        <div class="stack">
          <Sheet title="Perlu tindakan" aside={<a href={linkTo('tindakan')}>semua ({actions.length})</a>}>
            {actions.length === 0 && <Empty>Tidak ada yang menunggu.</Empty>}
            <ul class="list">
              {actions.slice(0, shownActions).map((action, index) => (
                <ActionItem
                  key={index}
                  action={action}
                  site={siteOf(overview, action.kiosk ?? '')}
                  nowMs={nowMs}
                  full={false}
                />
              ))}
            </ul>
          </Sheet>
          <Sheet title="Kunjungan hari ini" aside={`${visitsToday.reduce((sum, { count }) => sum + count, 0)} selesai`}>
            <VisitList visits={visitsToday} />
          </Sheet>
        </div>
      </div>
    </>
  );
}

/** The top line: four figures, each with what it stands for. */
function Figures({ overview, nowMs }: ViewProps) {
  const { hopper, serving, statusOnly, kiosks, issuedToday, actions } = overview;
  const late = actions.filter(({ dueMs }) => dueMs !== null && dueMs < nowMs).length;
  const left = hopper.leftOut > 0 ? ` · tanpa ${hopper.leftOut} mesin yang diam lebih dari 24 jam` : '';
  return (
    <section class="figures" aria-label="Pagi ini">
      <Figure
        name="Blangko di tangan"
        value={hopper.count}
        title="Jumlah blangko di tempat kartu semua mesin, menurut catatan yang sudah masuk. Gudang kota dan brankas kecamatan tidak dicatat di sini."
      >
        di tempat kartu mesin{left}
      </Figure>
      <Figure
        name="Mesin melayani"
        value={serving}
        of={kiosks.length}
        tone={serving < kiosks.length ? 'warn' : 'good'}
        title="Tersambung dan melayani penuh sekarang."
      >
        {statusOnly > 0 ? `${statusOnly} hanya status` : 'melayani penuh'}
      </Figure>
      <Figure
        name="KTP diserahkan hari ini"
        value={issuedToday}
        title="Kartu yang diambil warga hari ini, menurut catatan yang sudah masuk."
      >
        kartu di tangan warga
      </Figure>
      <Figure
        name="Perlu tindakan"
        value={actions.length}
        tone={late > 0 ? 'bad' : actions.length > 0 ? 'warn' : 'good'}
        link={linkTo('tindakan')}
        title="Semua yang menunggu seseorang."
      >
        {late > 0 ? `${late} lewat waktu` : 'tidak ada yang lewat waktu'}
      </Figure>
    </section>
  );
}

interface FigureProps {
  name: string;
  value: number;
  of?: number;
  tone?: 'good' | 'warn' | 'bad';
  link?: string;
  title: string;
  children: ComponentChildren;
}

function Figure({ name, value, of, tone, link, title, children }: FigureProps) {
  const body = (
    <>
      <p class="quiet">{name}</p>
      <p class={`value ${tone ?? ''}`}>
        {value.toLocaleString('id-ID')}
        {of !== undefined && <span> dari {of}</span>}
      </p>
      <p class="quiet small">{children}</p>
    </>
  );
  if (link)
    return (
      <a class="sheet figure" href={link} title={title}>
        {body}
      </a>
    );
  return (
    <div class="sheet figure" title={title}>
      {body}
    </div>
  );
}
