import type { EntryData, EntryType, VisitOutcome } from '#contract/uplink/entries.ts';
import { tellAct } from './acts.ts';
import { tellCommand, tellReceived, tellVoided } from './authority.ts';
import { accountName, deviceNames, deviceStates, paperName, type Tone, visitOutcomes } from './names.ts';
import { causeOf, citizenRead } from './problem.ts';
import { longDate } from './time.ts';

export interface Told {
  text: string;
  /** A second line: why, or what proves it. */
  more?: string;
  tone?: Tone;
}

const outcomes = {
  issued: { text: 'Kartu diambil warga. Hak cetak terpakai.', tone: 'good' },
  retained: { text: 'Kartu tidak diambil; disimpan mesin di kotak terkunci.', tone: 'warn' },
  spoiled: { text: 'Kartu rusak; masuk kotak terkunci.', tone: 'warn' },
  unused: { text: 'Blangko tidak terpakai; hak cetak tetap utuh.', tone: 'none' },
  'in-doubt': { text: 'Tidak pasti di mana kartunya. Dua orang harus memeriksa.', tone: 'bad' },
} satisfies Record<EntryData<'print.outcome'>['outcome'], Told>;

const because = (reason: string): { more?: string } =>
  reason === 'done' || reason === '' ? {} : { more: causeOf(reason) };

/** One sentence for every kind of fact, in plain words. */
const tellers: { [T in EntryType]: (data: EntryData<T>) => Told } = {
  'kiosk.started': ({ software, cleanStop, openAttempts }) => ({
    text: `Program mesin menyala (versi ${software})${cleanStop ? '' : ' setelah berhenti mendadak'}.`,
    ...(openAttempts > 0 && {
      more: `${openAttempts} pekerjaan masih terbuka dan diperiksa dulu.`,
      tone: 'warn' as const,
    }),
  }),
  'lease.received': (data) => tellReceived(data, longDate),
  'lease.voided': tellVoided,
  'print.intended': ({ attempt }) => ({
    text: `Satu blangko dipesan dari tempat kartu${attempt > 1 ? ` (percobaan ${attempt})` : ''}.`,
  }),
  'print.inking': () => ({ text: 'Kartu di kepala cetak; pencetakan dimulai.' }),
  'print.printed': () => ({ text: 'Kartu selesai dicetak, masih tertutup di dalam mesin.' }),
  'print.checked': ({ verdict }) => ({
    text: {
      pass: 'Hasil cetak diperiksa: baik.',
      fail: 'Hasil cetak diperiksa: gagal.',
      doubtful: 'Hasil cetak diperiksa: meragukan.',
    }[verdict],
    tone: ({ pass: 'good', fail: 'bad', doubtful: 'warn' } as const)[verdict],
  }),
  'print.presenting': ({ offer }) => ({
    text: offer === 1 ? 'Kartu ditawarkan di lubang.' : 'Kartu ditawarkan sekali lagi.',
  }),
  'print.outcome': ({ outcome, reason }) => ({ ...outcomes[outcome], ...because(reason) }),
  'blanko.moved': ({ from, to, count, evidence }) => ({
    text: `${count} blangko: ${accountName(from)} → ${accountName(to)}.`,
    more: evidence === 'intent' ? 'bukti: niat cetak' : `bukti: ${evidence}`,
  }),
  'receipt.printed': ({ paper, reprint }) => ({ text: `${paperName(paper)} dicetak${reprint ? ' ulang' : ''}.` }),
  'receipt.owed': ({ paper, code }) => ({
    text: `${paperName(paper)} belum bisa dicetak.`,
    more: causeOf(code),
    tone: 'warn',
  }),
  'card.handed-over': ({ by }) => ({
    text: 'Petugas menyerahkan kartu itu kepada warga.',
    more: `oleh ${by.join(' dan ')}`,
    tone: 'good',
  }),
  'card.destroyed': ({ by, document }) => ({
    text: 'Kartu dimusnahkan; hak cetak kembali.',
    more: `oleh ${by.join(' dan ')}, ${document}`,
  }),
  'visit.ended': ({ outcome, code, stepsMs }) => ({
    text: `Kunjungan selesai: ${visitOutcomes[outcome as VisitOutcome]}.`,
    ...withSteps(code, stepsMs),
    tone: outcome === 'issued' ? 'good' : 'none',
  }),
  'duty.opened': ({ operatorId }) => ({ text: `Petugas ${operatorId} mulai bertugas.` }),
  'duty.closed': ({ operatorId }) => ({ text: `Petugas ${operatorId} selesai bertugas.` }),
  'ribbon.changed': ({ by, oldBag }) => ({
    text: 'Pita diganti.',
    more: `oleh ${by.join(' dan ')}; pita lama di kantong ${oldBag}`,
  }),
  'operator.acted': tellAct,
  'device.changed': ({ device, state, code }) => ({
    text: `${deviceNames[device] ?? device}: ${deviceStates[state]?.name ?? state}.`,
    ...(code && { more: causeOf(code) }),
    tone: deviceStates[state]?.tone ?? 'none',
  }),
  'command.received': tellCommand.received,
  'command.done': tellCommand.done,
  'command.failed': tellCommand.failed,
};

function withSteps(code: string | null, stepsMs: Record<string, number>): { more?: string } {
  const seconds = Math.round(Object.values(stepsMs).reduce((sum, ms) => sum + ms, 0) / 1_000);
  const read = citizenRead(code);
  const parts = [read && `Warga membaca: “${read}”`, seconds > 0 && `${seconds} detik seluruhnya`].filter(Boolean);
  return parts.length > 0 ? { more: parts.join(' · ') } : {};
}

/** What an entry says; one that could not be used says only that. */
export function tell(line: {
  type: EntryType | 'unknown';
  data: Record<string, unknown>;
  quarantined: string | null;
}): Told {
  if (line.quarantined !== null || line.type === 'unknown')
    return { text: 'Catatan yang tidak dapat dibaca; disimpan untuk pemeriksaan.', tone: 'warn' };
  return (tellers[line.type] as (data: Record<string, unknown>) => Told)(line.data);
}

export const toldTypes = Object.keys(tellers);
