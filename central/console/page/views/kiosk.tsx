import type { KioskDetail } from '#central/console/routes.ts';
import { JobTable } from '../parts/job-table.tsx';
import { Empty, Mark, Sheet, Waiting } from '../parts/marks.tsx';
import { Room } from '../parts/room.tsx';
import { StockSheet } from '../parts/stock.tsx';
import { VisitList } from '../parts/visits.tsx';
import { linkTo, useAnswer } from '../server.ts';
import { deviceNames, deviceStates, links, modes } from '../words/names.ts';
import { causeOf, technicianSays } from '../words/problem.ts';
import { age, ago, moment } from '../words/time.ts';
import type { KioskRow, ViewProps } from './shared.ts';

export function KioskPage({ kiosk, overview, nowMs }: ViewProps & { kiosk: string }) {
  const row = overview.kiosks.find((one) => one.kiosk === kiosk);
  const because = `${row?.committedSeq} ${row?.lastWordMs}`;
  const detail = useAnswer<KioskDetail>(`kiosk/${encodeURIComponent(kiosk)}`, because);
  if (!row) return <Empty>Mesin ini tidak terdaftar.</Empty>;
  const known = detail !== null && detail !== 'away' ? detail : null;
  return (
    <>
      <p class="trail">
        <a href={linkTo('')}>Pagi ini</a> / {row.site.name}
      </p>
      <Standing row={row} term={known?.term ?? null} nowMs={nowMs} />
      <div class="columns even">
        <div class="stack">
          <Devices row={row} room={known?.room ?? null} nowMs={nowMs} />
          <Sheet title="Kartu terakhir">
            {known ? (
              <JobTable jobs={known.jobs} nowMs={nowMs} withKiosk={false} />
            ) : (
              <Waiting answer={detail as 'away' | null} />
            )}
          </Sheet>
        </div>
        <div class="stack">
          <StockSheet row={row} detail={known} nowMs={nowMs} />
          <Sheet title="Kunjungan hari ini">{known && <VisitList visits={known.visitsToday} />}</Sheet>
        </div>
      </div>
    </>
  );
}

/** Who it is, and each degree of what is known of it. */
function Standing({ row, term, nowMs }: { row: KioskRow; term: number | null; nowMs: number }) {
  const { link, service, lastWordMs, lastEntry, backlog } = row;
  const mode = service && modes[service.mode];
  return (
    <section class="sheet standing">
      <div>
        <h1>{row.site.name}</h1>
        <p class="quiet">
          {row.kiosk} · program {row.software ?? 'belum diketahui'}
        </p>
      </div>
      <dl>
        <dt>Sambungan</dt>
        <dd>
          <Mark tone={links[link].tone}>{links[link].name}</Mark>
          <span class="quiet small below">
            {lastWordMs === null ? 'belum pernah ada kabar' : `kabar ${ago(lastWordMs, nowMs)}`}
          </span>
        </dd>
        <dt>Layanan</dt>
        <dd>
          <Mark tone={link === 'connected' && mode ? mode.tone : 'none'}>{mode?.name ?? 'tidak diketahui'}</Mark>
          <span class="quiet small below">{service?.reason ? causeOf(service.reason) : ''}</span>
        </dd>
        <dt>Catatan masuk</dt>
        <dd>
          {row.committedSeq.toLocaleString('id-ID')}
          <span class="quiet small below">
            {lastEntry ? `terakhir ${moment(lastEntry.receivedMs, nowMs)}` : 'belum ada'}
          </span>
        </dd>
        <dt>Belum terkirim</dt>
        <dd>
          {backlog ?? 'tidak diketahui'}
          <span class="quiet small below">
            {row.epoch === null ? '' : `buku ke-${row.epoch}${row.epochClosed ? ', sudah ditutup' : ''}`}
            {term !== null && term > 1 && `, mengenal masa pusat ke-${term}`}
          </span>
        </dd>
        <dt>Sisa pita</dt>
        <dd>
          {row.ribbonPrintsLeft ?? 'tidak diketahui'}
          <span class="quiet small below">kartu</span>
        </dd>
      </dl>
    </section>
  );
}

function Devices({ row, room, nowMs }: { row: KioskRow; room: KioskDetail['room']; nowMs: number }) {
  const heard = row.link === 'connected';
  return (
    <Sheet title="Alat" aside={heard ? '' : 'keadaan terakhir yang dikabarkan'}>
      {row.devices.length === 0 && <Empty>Mesin belum mengabarkan alatnya.</Empty>}
      <ul class="list">
        {row.devices.map(({ device, state, code, sinceMs }) => {
          const words = technicianSays(code);
          const known = deviceStates[state] ?? { name: state, tone: 'none' as const };
          return (
            <li key={device} class="device">
              <strong>{deviceNames[device] ?? device}</strong>
              <Mark tone={heard ? known.tone : 'none'}>{known.name}</Mark>
              <span class="quiet small">{sinceMs === null ? '' : `sejak ${age(nowMs - sinceMs)}`}</span>
              {words && (
                <p>
                  {words.cause} <span class="todo">{words.do}</span>
                </p>
              )}
            </li>
          );
        })}
        {room && <Room room={room} heard={heard} />}
      </ul>
    </Sheet>
  );
}
