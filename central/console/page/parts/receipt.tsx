import type { Morning } from '#central/console/morning.ts';
import type { ReceiptEntry, ReceiptVerdict } from '#central/fleet/verify-receipt.ts';
import { siteOf } from '../views/shared.ts';
import { printOutcomes, type Tone } from '../words/names.ts';
import { clockTime, longDate } from '../words/time.ts';
import { Mark, Sheet } from './marks.tsx';

const verdicts = {
  genuine: { tone: 'good', name: 'Asli', means: 'Kartu memang diserahkan, dan bukunya utuh sampai catatan ini.' },
  'not-issued': {
    tone: 'warn',
    name: 'Bukan bukti penyerahan',
    means: 'Catatan ini ada, tetapi bukan kartu yang diserahkan.',
  },
  'broken-chain': { tone: 'bad', name: 'Tidak dapat dipercaya', means: 'Buku tempat catatan ini berdiri tidak utuh.' },
  ambiguous: {
    tone: 'warn',
    name: 'Belum tentu',
    means: 'Lebih dari satu catatan berawalan begitu. Cocokkan nomor kunjungannya.',
  },
  unknown: {
    tone: 'warn',
    name: 'Tidak dikenal',
    means: 'Belum ada catatan dengan tanda itu. Mungkin mesinnya belum mengirimkannya.',
  },
} satisfies Record<ReceiptVerdict['verdict'], { tone: Tone; name: string; means: string }>;

/** Whether a receipt is genuine, by the same proof as the command gives. */
export function ReceiptSheet({ verdict, overview }: { verdict: ReceiptVerdict; overview: Morning }) {
  const { tone, name, means } = verdicts[verdict.verdict];
  const entries = 'entries' in verdict ? verdict.entries : 'entry' in verdict ? [verdict.entry] : [];
  return (
    <Sheet title="Keaslian tanda terima" aside={<Mark tone={tone}>{name}</Mark>}>
      <p>{means}</p>
      {entries.map((entry) => (
        <p key={`${entry.kiosk} ${entry.epoch} ${entry.seq}`} class="quiet small">
          {told(entry, siteOf(overview, entry.kiosk))}
        </p>
      ))}
    </Sheet>
  );
}

function told({ epoch, seq, visitNo, outcome, atMs, chainVerifies }: ReceiptEntry, site: string): string {
  const end = outcome ? printOutcomes[outcome].name : 'tidak terbaca';
  const chain = chainVerifies ? `rantai ${seq} catatan sampai di sini cocok` : 'rantai catatan sampai di sini putus';
  return `${site}, buku ke-${epoch}, catatan #${seq}, kunjungan ${visitNo ?? 'tanpa nomor'}: ${end}, ${longDate(atMs)} ${clockTime(atMs)}; ${chain}.`;
}
