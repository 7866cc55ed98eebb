import type { Action } from '#central/fleet/actions.ts';
import { deviceNames } from './names.ts';
import { causeOf, technicianSays } from './problem.ts';

type Words = (action: Action) => { what: string; todo: string };

/** What waits, and what is to be done about it. */
const words = {
  device: ({ device, code }) => ({
    what: `${deviceNames[device ?? ''] ?? device}: ${causeOf(code)}`,
    todo: technicianSays(code)?.do ?? '',
  }),
  service: ({ code }) => ({ what: `Layanan terbatas: ${causeOf(code)}`, todo: technicianSays(code)?.do ?? '' }),
  silent: () => ({
    what: 'Mesin tidak memberi kabar.',
    todo: 'Telepon kecamatan: tanyakan listrik dan jaringan, lalu kirim teknisi bila perlu.',
  }),
  held: ({ count }) => ({
    what: `${count} kartu tertahan di mesin.`,
    todo: 'Petugas menyerahkan kartu itu juga, dua nama, atau dua orang memusnahkannya.',
  }),
  'in-doubt': ({ count }) => ({
    what: `${count} kartu tidak pasti keberadaannya.`,
    todo: 'Dua orang membuka kotak dan mencari kartunya, lalu mencatat hasilnya.',
  }),
  'lease-waits': ({ count }) => ({
    what: `${count} hak cetak dipegang lebih dari 1 jam tanpa dipakai.`,
    todo: 'Pastikan mesin hidup. Hak kembali setelah mesin mengembalikannya sendiri.',
  }),
  books: () => ({
    what: 'Buku blangko tidak seimbang.',
    todo: 'Hentikan pengisian, bandingkan mutasi dengan dokumen, hitung fisik berdua.',
  }),
  anomaly: ({ count }) => ({
    what: `${count} catatan tidak sesuai tabel dalam 7 hari.`,
    todo: 'Buka Catatan janggal dan baca urutannya.',
  }),
  fork: ({ count }) => ({
    what: `${count} kali sejarah lain masuk dari satu mesin.`,
    todo: 'Jangan cetak di mesin itu. Amankan disknya: mungkin disk lama atau salinan.',
  }),
} satisfies Record<Action['what'], Words>;

export const actionWords: Words = (action) => words[action.what](action);
