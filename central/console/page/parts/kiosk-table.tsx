import { linkTo } from '../server.ts';
import { hopperOf, type KioskRow } from '../views/shared.ts';
import { deviceNames, deviceStates, links, modes, type Tone } from '../words/names.ts';
import { causeOf } from '../words/problem.ts';
import { ago, moment } from '../words/time.ts';
import { Mark } from './marks.tsx';

/** One row a kiosk; link, service, printer, stock and backlog each say what they know, and no more. */
export function KioskTable({ kiosks, nowMs }: { kiosks: readonly KioskRow[]; nowMs: number }) {
  return (
    <table class="kiosks">
      <thead>
        <tr>
          <th>Mesin</th>
          <th>Sambungan</th>
          <th>Layanan</th>
          <th>Pencetak kartu</th>
          <th>Alat lain</th>
          <th class="number">Blangko</th>
          <th class="number">Pita</th>
          <th class="number">Hari ini</th>
          <th class="number">Belum terkirim</th>
        </tr>
      </thead>
      <tbody>
        {kiosks.map((kiosk) => (
          <Row key={kiosk.kiosk} kiosk={kiosk} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ kiosk, nowMs }: { kiosk: KioskRow; nowMs: number }) {
  const { link, lastWordMs, devices, stock, backlog, lastEntry } = kiosk;
  const heard = link === 'connected'; // of one that is not, what it last said is told as the past
  const printer = devices.find(({ device }) => device === 'card-printer');
  const others = devices.filter(({ device }) => device !== 'card-printer');
  return (
    <tr class={heard ? '' : 'past'}>
      <td class="nowrap">
        <a href={linkTo('mesin', kiosk.kiosk)}>{kiosk.site.name}</a>
        <span class="quiet small below">{kiosk.kiosk}</span>
      </td>
      <td class="nowrap">
        <Mark tone={links[link].tone}>{links[link].name}</Mark>
        <span class="quiet small below">{lastWordMs === null ? 'belum pernah' : ago(lastWordMs, nowMs)}</span>
      </td>
      <td>
        <Service kiosk={kiosk} heard={heard} />
      </td>
      <td>{printer ? <Device {...printer} heard={heard} /> : <Unknown />}</td>
      <td>
        <Others devices={others} heard={heard} />
      </td>
      <td class="number">
        {hopperOf(kiosk) ?? '–'}
        {stock.asOfMs !== null && <span class="quiet small below">per {moment(stock.asOfMs, nowMs)}</span>}
      </td>
      <td class="number">{kiosk.ribbonPrintsLeft ?? '–'}</td>
      <td class="number">{kiosk.issuedToday}</td>
      <td class="number">
        {backlog ?? '–'}
        {lastEntry && (
          <span class="quiet small below" title="Kapan catatan terakhir tersimpan di pusat">
            masuk {ago(lastEntry.receivedMs, nowMs)}
          </span>
        )}
      </td>
    </tr>
  );
}

const Unknown = () => <Mark tone="none">tidak diketahui</Mark>;
const toneNow = (tone: Tone, heard: boolean): Tone => (heard ? tone : 'none');

/** The reason is told once: where a device shows it, it stands there. */
function Service({ kiosk, heard }: { kiosk: KioskRow; heard: boolean }) {
  const { service, devices, officerCalled } = kiosk;
  if (!service) return <Unknown />;
  const { name, tone } = modes[service.mode];
  const toldBelow = devices.some(({ code }) => code !== null && code === service.reason);
  return (
    <>
      <Mark tone={toneNow(tone, heard)} title={causeOf(service.reason)}>
        {name}
      </Mark>
      {service.reason && !toldBelow && <span class="quiet small below">{causeOf(service.reason)}</span>}
      {officerCalled && heard && <span class="called small below">petugas dipanggil</span>}
    </>
  );
}

function Device({ state, code, heard }: KioskRow['devices'][number] & { heard: boolean }) {
  const { name, tone } = deviceStates[state] ?? { name: state, tone: 'none' as const };
  return (
    <>
      <Mark tone={toneNow(tone, heard)}>{name}</Mark>
      {code && <span class="quiet small below">{causeOf(code)}</span>}
    </>
  );
}

function Others({ devices, heard }: { devices: KioskRow['devices']; heard: boolean }) {
  if (devices.length === 0) return <Unknown />;
  const troubled = devices.filter(({ state }) => state !== 'ready');
  if (troubled.length === 0) return <Mark tone={toneNow('good', heard)}>siap semua</Mark>;
  return troubled.map(({ device, state, code }) => (
    <div key={device} title={causeOf(code)}>
      <Mark tone={toneNow(deviceStates[state]?.tone ?? 'none', heard)}>{deviceStates[state]?.name ?? state}</Mark>
      <span class="quiet small below">{deviceNames[device] ?? device}</span>
    </div>
  ));
}
