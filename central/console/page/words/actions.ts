import type { Task } from '#central/console/morning.ts';
import { deviceNames } from './names.ts';
import { causeOf, technicianSays } from './problem.ts';

type Words = (action: Task) => { what: string; todo: string };

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
  fenced: ({ count }) => ({
    what: `${count} hak cetak tertinggal di buku mesin yang sudah ditutup.`,
    todo: 'Hitung isi mesin berdua (count-kiosk), lalu putuskan satu per satu (decide-right). Catatan susulan tetap diterima.',
  }),
  'fenced-uncounted': ({ count }) => ({
    what: `${count} hak cetak tertinggal di buku mesin yang ditutup dan tidak dihitung sebelum buku berikutnya dipakai.`,
    todo: 'Buku berikutnya harus dihitung berdua: di mesinnya (opening-count), atau bila sudah ditutup juga, dengan count-kiosk. Lalu putuskan satu per satu (decide-right): diserahkan atau hilang. Dipulihkan tidak bisa lagi.',
  }),
  lost: ({ count }) => ({
    what: `${count} kartu diputuskan hilang.`,
    todo: 'Periksa beritanya, lalu buka kartu berikutnya untuk orang itu berdua (open-generation).',
  }),
  'lease-waits': ({ count }) => ({
    what: `${count} hak cetak dipegang lebih dari 1 jam tanpa dipakai.`,
    todo: 'Pastikan mesin hidup. Hak kembali setelah mesin mengembalikannya sendiri.',
  }),
  paused: ({ count }) => ({
    what: `${count} hak cetak berhenti lebih dari 72 jam: warga menyatakan datanya salah.`,
    todo: 'Tanyakan pembetulannya di registri (paused menyebut hak dan kunjungannya). Kiriman dengan data lain membukanya sendiri. Kalau pembetulan sudah masuk lebih dulu, atau datanya ternyata benar: akhiri berdua (end-pause).',
  }),
  'revoke-undone': ({ count }) => ({
    what: `${count} perintah menarik hak cetak gagal atau belum dijawab, dan haknya masih di mesin.`,
    todo: 'Sambungkan mesinnya: perintahnya terus dikirim. Hanya yang gagal (baca sebabnya: commands) diperintahkan lagi (revoke-lease). Kalau mesin tidak dapat dijangkau: tutup bukunya berdua (close-epoch).',
  }),
  'surrender-undone': ({ count }) => ({
    what: `${count} perintah mengembalikan hak cetak gagal atau belum dijawab, dan haknya masih di mesin.`,
    todo: 'Sambungkan mesinnya: perintahnya terus dikirim. Yang gagal (baca sebabnya: commands): perintahkan lagi (surrender-lease) atau tarik haknya (revoke-lease).',
  }),
  'closing-undone': () => ({
    what: 'Perintah berhenti mencetak tidak dijalankan disk lama mesin ini, dan haknya masih tertinggal.',
    todo: 'Pastikan disk lamanya tidak terpasang lagi, lalu putuskan haknya satu per satu (epochs, decide-right).',
  }),
  books: () => ({
    what: 'Buku blangko tidak seimbang.',
    todo: 'Hentikan pengisian, bandingkan mutasi dengan dokumen, hitung fisik berdua.',
  }),
  restoring: () => ({
    what: 'Pusat dikembalikan dari cadangan dan menunggu kabar mesin ini, juga isi buku lamanya.',
    todo: 'Sambungkan mesinnya, atau tutup bukunya berdua (close-epoch; kalau disknya hilang: close-epoch lebih dulu, baru open-epoch). Sampai itu tidak ada hak cetak yang diberikan.',
  }),
  'epoch-closed': () => ({
    what: 'Buku mesin sudah ditutup: tidak mencetak untuk siapa pun.',
    todo: 'Hitung isi mesin berdua (count-kiosk), lalu buka buku berikutnya berdua (open-epoch).',
  }),
  'count-differs': () => ({
    what: 'Hasil hitung mesin yang ditutup berbeda dari bukunya.',
    todo: 'Cari selisihnya. Tanpa itu tidak ada hak yang dapat dipulihkan: hanya diserahkan atau hilang.',
  }),
  unexplained: ({ count }) => ({
    what: count > 0 ? `${count} blangko tidak terjelaskan.` : `${-count} blangko lebih banyak daripada catatan.`,
    todo: 'Hitung mesin berdua, bandingkan dengan dokumen dan catatan susulan, lalu buat berita acara.',
  }),
  anomaly: ({ count }) => ({
    what: `${count} catatan tidak sesuai tabel dalam 7 hari.`,
    todo: 'Buka Catatan janggal dan baca urutannya.',
  }),
  'journal-room': ({ count }) => ({
    what: `Ruang jurnal hampir habis: ${count} % dari jatah terpakai.`,
    todo: 'Beri ruang sebelum mesin berhenti mencetak: singkirkan berkas lain dari disknya, pasang disk yang lebih besar, atau naikkan jatahnya.',
  }),
  fork: ({ count }) => ({
    what: `${count} kali sejarah lain masuk dari mesin ini.`,
    todo: 'Jangan cetak di mesin itu. Amankan disknya: mungkin disk lama atau salinan. Tutup bukunya berdua (close-epoch), hitung, buka yang baru.',
  }),
} satisfies Record<Task['what'], Words>;

export const actionWords: Words = (action) => words[action.what](action);
