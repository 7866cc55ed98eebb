import type { JournalRoom } from '#central/console/morning.ts';
import { bytes } from '../words/bytes.ts';
import { Mark } from './marks.tsx';

/** How much of the room for the journal is taken. When it is used up the kiosk stops printing rather than forget. */
export function Room({ room, heard }: { room: JournalRoom; heard: boolean }) {
  const { usedBytes, budgetBytes, freeBytes, share, narrow } = room;
  return (
    <li class="device room">
      <strong>Ruang jurnal</strong>
      <Mark tone={heard ? (narrow ? 'warn' : 'good') : 'none'}>terisi {Math.round(share * 100)} %</Mark>
      <span class="quiet small">
        {bytes(usedBytes)} dari {bytes(budgetBytes)}
      </span>
      <div>
        <meter min={0} max={budgetBytes} value={usedBytes} />
        <p class="quiet small">
          Sisa disk {bytes(freeBytes)}. Kalau habis, mesin berhenti mencetak dan tidak melupakan apa pun.
        </p>
      </div>
    </li>
  );
}
