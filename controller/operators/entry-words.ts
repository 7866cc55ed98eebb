import type { Entry, EntryData, EntryType } from '#contract/uplink/entries.ts';
import type { Lang } from './age.ts';

type Words = { [T in EntryType]: (data: EntryData<T>) => string };

const shown = (value: number | string | null) => value ?? '?';

/** One sentence for every kind of fact, as an officer reads it at the desk. */
const id: Words = {
  'kiosk.started': ({ cleanStop }) => `Program mesin menyala${cleanStop ? '' : ' setelah berhenti mendadak'}.`,
  'lease.received': () => 'Pusat memberi hak cetak untuk satu kartu.',
  'lease.voided': ({ reason }) => `Hak cetak dikembalikan tanpa dipakai (${reason}).`,
  'print.intended': ({ attempt, witness }) =>
    `Satu blangko dipesan, percobaan ${attempt}; penghitung pencetak: ${shown(witness.cardsFed)} kartu, sisa pita ${shown(witness.ribbonPrintsLeft)}.`,
  'print.inking': () => 'Kartu di kepala cetak. Sejak ini haknya ikut kartu itu.',
  'print.printed': () => 'Cetakan selesai; kartu masih di dalam mesin.',
  'print.checked': ({ verdict }) =>
    `Hasil cetak diperiksa: ${{ pass: 'baik', fail: 'gagal', doubtful: 'meragukan' }[verdict]}.`,
  'print.presenting': ({ offer }) =>
    `Kartu ditawarkan di lubang, kali ke-${offer}. Sejak ini kartu mungkin sudah diambil.`,
  'print.outcome': ({ outcome, reason, place }) =>
    `Akhirnya: ${outcomesId[outcome]} (${reason}); letak kartu: ${placesId[place]}.`,
  'blanko.moved': ({ from, to, count, evidence }) => `${count} blangko dari ${from} ke ${to}; bukti: ${evidence}.`,
  'receipt.printed': ({ reprint }) => `Kertas dicetak${reprint ? ' ulang' : ''}.`,
  'receipt.owed': ({ code }) => `Kertas belum bisa dicetak (${code}).`,
  'card.handed-over': ({ by }) => `Kartu itu diserahkan oleh ${by.join(' dan ')}.`,
  'card.destroyed': ({ by, document }) => `Kartu dimusnahkan oleh ${by.join(' dan ')}, ${document}.`,
  'visit.ended': ({ outcome, code }) => `Kunjungan selesai: ${outcome}${code ? ` (${code})` : ''}.`,
  'duty.opened': ({ operatorId }) => `${operatorId} mulai bertugas.`,
  'duty.closed': ({ operatorId }) => `${operatorId} selesai bertugas.`,
  'ribbon.changed': ({ by, oldBag }) => `Pita diganti oleh ${by.join(' dan ')}; pita lama di kantong ${oldBag}.`,
  'operator.acted': ({ action, operatorId, by = operatorId ? [operatorId] : [], document, reason }) =>
    `Tindakan ${action}${by.length > 0 ? ` oleh ${by.join(' dan ')}` : ''}${reason ? `, ${reason}` : ''}${document ? ` (${document})` : ''}.`,
  'device.changed': ({ device, state, code }) => `${device}: ${state}${code ? ` (${code})` : ''}.`,
  'command.received': ({ kind }) => `Perintah ${kind} diterima.`,
  'command.done': ({ kind }) => `Perintah ${kind} selesai.`,
  'command.failed': ({ kind, code }) => `Perintah ${kind} gagal (${code}).`,
};

const en: Words = {
  'kiosk.started': ({ cleanStop }) => `The program started${cleanStop ? '' : ' after a sudden end'}.`,
  'lease.received': () => 'Central granted a right for one card.',
  'lease.voided': ({ reason }) => `The right was given back unused (${reason}).`,
  'print.intended': ({ attempt, witness }) =>
    `One blank was booked, attempt ${attempt}; the printer's counters: ${shown(witness.cardsFed)} cards fed, ${shown(witness.ribbonPrintsLeft)} ribbon prints left.`,
  'print.inking': () => 'The card is under the head. From here on the right travels with this card.',
  'print.printed': () => 'The print is complete; the card is still inside.',
  'print.checked': ({ verdict }) => `The print was checked: ${verdict}.`,
  'print.presenting': ({ offer }) =>
    `The card was offered at the slot, time ${offer}. From here on a hand may have taken it.`,
  'print.outcome': ({ outcome, reason, place }) => `It ended ${outcome} (${reason}); the card: ${placesEn[place]}.`,
  'blanko.moved': ({ from, to, count, evidence }) => `${count} blanks from ${from} to ${to}; evidence: ${evidence}.`,
  'receipt.printed': ({ reprint }) => `A paper was printed${reprint ? ' again' : ''}.`,
  'receipt.owed': ({ code }) => `A paper could not be printed (${code}).`,
  'card.handed-over': ({ by }) => `This very card was handed over by ${by.join(' and ')}.`,
  'card.destroyed': ({ by, document }) => `The card was destroyed by ${by.join(' and ')}, ${document}.`,
  'visit.ended': ({ outcome, code }) => `The visit ended: ${outcome}${code ? ` (${code})` : ''}.`,
  'duty.opened': ({ operatorId }) => `${operatorId} came on duty.`,
  'duty.closed': ({ operatorId }) => `${operatorId} went off duty.`,
  'ribbon.changed': ({ by, oldBag }) => `Ribbon changed by ${by.join(' and ')}; the old one is in bag ${oldBag}.`,
  'operator.acted': ({ action, operatorId, by = operatorId ? [operatorId] : [], document, reason }) =>
    `Act ${action}${by.length > 0 ? ` by ${by.join(' and ')}` : ''}${reason ? `, ${reason}` : ''}${document ? ` (${document})` : ''}.`,
  'device.changed': ({ device, state, code }) => `${device}: ${state}${code ? ` (${code})` : ''}.`,
  'command.received': ({ kind }) => `Command ${kind} received.`,
  'command.done': ({ kind }) => `Command ${kind} done.`,
  'command.failed': ({ kind, code }) => `Command ${kind} failed (${code}).`,
};

type Outcome = EntryData<'print.outcome'>;

const outcomesId = {
  issued: 'kartu diambil warga',
  retained: 'kartu tertahan',
  spoiled: 'kartu rusak',
  unused: 'blangko tidak terpakai',
  'in-doubt': 'ragu',
} satisfies Record<Outcome['outcome'], string>;

const placesId = {
  hand: 'di tangan warga',
  box: 'di kotak tolak',
  printer: 'di dalam pencetak',
  exit: 'di lubang',
  unknown: 'tidak diketahui',
  'hopper-never-left': 'masih di tempat kartu',
} satisfies Record<Outcome['place'], string>;

const placesEn = {
  hand: "in the citizen's hand",
  box: 'in the reject box',
  printer: 'inside the printer',
  exit: 'at the slot',
  unknown: 'nobody knows where',
  'hopper-never-left': 'never left the hopper',
} satisfies Record<Outcome['place'], string>;

const words = { id, en } as const;

export function entryInWords(entry: Entry, lang: Lang): string {
  return (words[lang][entry.type] as (data: unknown) => string)(entry.data);
}
