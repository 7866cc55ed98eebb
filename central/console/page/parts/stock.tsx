import type { KioskDetail } from '#central/console/routes.ts';
import type { KioskRow } from '../views/shared.ts';
import { tell } from '../words/entries.ts';
import { accountNames, type Tone } from '../words/names.ts';
import { moment } from '../words/time.ts';
import { Empty, Mark, Sheet } from './marks.tsx';

/** Where the blanks come from: what these accounts hold was brought in. */
const sources: readonly string[] = ['national', 'city-vault', 'transit', 'kecamatan-safe'];

/** Every blank of one kiosk: what came in equals where it is now. */
export function StockSheet({ row, detail, nowMs }: { row: KioskRow; detail: KioskDetail | null; nowMs: number }) {
  const { accounts, asOfMs } = row.stock;
  const brought = accounts
    .filter(({ account }) => sources.includes(account))
    .reduce((sum, { count }) => sum - count, 0);
  const inside = accounts.filter(
    ({ account, count }) => !sources.includes(account) && (count !== 0 || account === 'hopper'),
  );
  return (
    <Sheet title="Blangko" aside={asOfMs === null ? '' : `per ${moment(asOfMs, nowMs)} WIB`}>
      {accounts.length === 0 ? (
        <Empty>Belum ada blangko yang dicatat. Pengisian pertama memakai nama petugas dan nomor dokumen.</Empty>
      ) : (
        <table class="ledger">
          <tbody>
            {inside.map(({ account, count }) => (
              <tr key={account} class={account === 'in-doubt' || account === 'unexplained' ? 'odd' : ''}>
                <td>{accountNames[account]}</td>
                <td>
                  <meter min={0} max={Math.max(brought, 1)} value={Math.max(count, 0)} />
                </td>
                <td class="number">{count.toLocaleString('id-ID')}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={2}>masuk dari brankas kecamatan</td>
              <td class="number">{brought.toLocaleString('id-ID')}</td>
            </tr>
          </tfoot>
        </table>
      )}
      {detail && <Checks check={detail.check} />}
      {detail && detail.movements.length > 0 && (
        <details>
          <summary>Mutasi terakhir</summary>
          <ul class="list small">
            {detail.movements.map((line) => (
              <li key={line.seq}>
                {moment(line.atMs, nowMs)} · {tell(line).text} <span class="quiet">{tell(line).more}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Sheet>
  );
}

const own = {
  agrees: { tone: 'good', text: 'sama dengan buku mesin' },
  differs: { tone: 'bad', text: 'berbeda dari buku mesin' },
  'cannot-say': { tone: 'none', text: 'buku mesin belum bisa dibandingkan' },
} satisfies Record<KioskDetail['check']['kiosk'], { tone: Tone; text: string }>;

function Checks({ check }: { check: KioskDetail['check'] }) {
  return (
    <p class="checks small">
      <Mark tone={check.sums ? 'good' : 'bad'}>{check.sums ? 'jumlah tetap' : 'jumlah tidak seimbang'}</Mark>
      <Mark tone={check.replays ? 'good' : 'bad'}>
        {check.replays ? 'sesuai semua catatan' : 'tidak sesuai catatan'}
      </Mark>
      <Mark tone={own[check.kiosk].tone}>{own[check.kiosk].text}</Mark>
    </p>
  );
}
