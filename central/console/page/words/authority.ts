import type { EntryData } from '#contract/uplink/entries.ts';
import type { Tone } from './names.ts';
import { causeOf } from './problem.ts';

interface Sentence {
  text: string;
  more?: string;
  tone?: Tone;
}

/** Why a kiosk gave a right back. Every other reason is a code of the problem table. */
const reasons: Record<string, string> = {
  restart: 'mesin menyala ulang sebelum memakainya',
  surrendered: 'dikembalikan atas permintaan petugas',
  renewed: 'diganti dengan izin yang baru',
  revoked: 'ditarik kantor',
  'door-open': 'pintu mesin dibuka tanpa petugas bertugas',
  'epoch-closed': 'buku mesin ini ditutup kantor',
  'new-term': 'kantor dipulihkan dari cadangan; pertanyaan lama tidak berlaku lagi',
};
export const toldReasons = Object.keys(reasons);

const kinds: Record<string, string> = {
  'take-lease': 'mengambil hak cetak di muka',
  'renew-lease': 'memperbarui hak cetak di muka',
  'surrender-lease': 'mengembalikan hak cetak',
  'revoke-lease': 'menarik hak cetak',
  'epoch-closed': 'berhenti mencetak: buku mesin ditutup',
};
export const toldKinds = Object.keys(kinds);
const order = (kind: string) => `Perintah kantor (${kinds[kind] ?? kind})`;

/** An offline lease lies at the kiosk for days: who reads this should see at once that it was given ahead. */
export function tellReceived({ rule, mode, expiresAtMs }: EntryData<'lease.received'>, dayOf: (ms: number) => string) {
  if (mode === 'online') return { text: 'Pusat memberi hak cetak untuk satu kartu.', more: `aturan ${rule}` };
  const more = `aturan ${rule}; dapat dipakai tanpa sambungan sampai ${dayOf(expiresAtMs)}`;
  return { text: 'Hak cetak untuk satu kartu disimpan di mesin ini di muka.', more };
}

/** A reason with hyphens and no words is a fault code; `done` says nothing that the sentence does not say. */
export function tellVoided({ reason }: EntryData<'lease.voided'>): Sentence {
  const more = reasons[reason] ?? causeOf(reason);
  return { text: 'Hak cetak dikembalikan tanpa dipakai.', ...(more && { more }) };
}

export const tellCommand = {
  received: ({ kind }: EntryData<'command.received'>): Sentence => ({ text: `${order(kind)} diterima mesin.` }),
  done: ({ kind }: EntryData<'command.done'>): Sentence => ({ text: `${order(kind)} sudah dijalankan.` }),
  failed: ({ kind, code }: EntryData<'command.failed'>): Sentence => ({
    text: `${order(kind)} tidak dijalankan.`,
    more: causeOf(code),
    tone: 'warn',
  }),
};
