import type { Effect } from '../screen/screen-state.ts';
import type { CitizenWords, Sentences } from './citizen.fill.ts';
import type { ProblemCode } from './codes.ts';

/** What has become of the card and the PIN; one of these stands under every trouble and answer. */
export const reassurance = {
  kept: 'PIN Anda masih berlaku.',
  held: 'KTP Anda disimpan, petugas akan mengurusnya.',
  used: 'KTP Anda sudah tercatat diambil.',
  none: 'Belum ada yang berubah pada data Anda.',
} satisfies Record<Effect['right'], string>;

/** What to do now, where a code has no words of its own for it. */
export const nextSteps = {
  wait: 'Tunggu sebentar di dekat mesin.',
  retry: 'Silakan coba lagi.',
  officer: 'Petugas di sini membantu. Tekan Panggil petugas.',
  office: ['Datang ke {office}. Bawa KK Anda.', 'Datang ke Disdukcapil. Bawa KK Anda.'],
  'come-back': ['Datang lagi {until}.', 'Datang lagi lain hari. Nomor Anda tetap sama.'],
  'go-elsewhere': ['Datang ke {place}.', 'Datang ke tempat yang tertulis pada kertas.'],
} satisfies Record<Effect['next'], Sentences>;

const notPrinted = { show: 'Mesin terganggu. Kartu belum dicetak.' };
const notReady = { show: 'Mesin belum siap dipakai.' };
const atOffice = { show: 'Mesin sedang diperiksa kantor. Kartu belum dicetak.' };
const lineTrouble = { show: 'Sambungan ke kantor terganggu. Kartu belum dicetak.' };
const noStock = { show: 'Persediaan kartu (blangko) habis. KTP Anda tetap bisa dicetak nanti.' };
const fingerByOfficer = { show: 'Sidik jari sulit terbaca. Ini biasa. Petugas akan membantu.' };
const noPaper = { show: 'Tanda terima belum bisa dicetak.', more: 'Foto atau catat nomor Anda.' };
const toBeChecked = {
  yours: 'Nomor Anda sudah dicatat. PIN Anda masih berlaku.',
  show: 'Petugas perlu memeriksa kartu Anda.',
  officer: 'Mohon tunggu di sini.',
  now: ['Datang lagi {until}. Simpan nomor Anda.', 'Datang lagi pada jam kerja. Simpan nomor Anda.'],
};
const keptInside = {
  show: 'KTP Anda disimpan mesin.',
  officer: 'Petugas akan menyerahkannya kepada Anda.',
  now: ['Datang lagi {until}. Simpan nomor Anda.', 'Datang lagi pada jam kerja. Simpan nomor Anda.'],
};
const lostOrDamaged = {
  show: 'KTP hilang atau rusak diurus di Disdukcapil.',
  now: ['Datang ke {office}. Ikuti kertas petunjuk.', 'Datang ke Disdukcapil. Ikuti kertas petunjuk.'],
};
const checkedByOffice = { show: 'Data Anda perlu diperiksa Disdukcapil. Bukan berarti Anda salah.' };
const recordBeingChecked = { show: 'Data Anda sedang diperiksa kantor.' };

/** What the citizen reads, in Indonesian. */
export const citizenWords = {
  'link/unreachable': notPrinted,
  'link/lost': { show: 'Mesin terganggu.' },
  'device/protocol': { show: 'Mesin terganggu.' },
  'device/wrong-model': notReady,

  'card-printer/unreachable': notPrinted,
  'card-printer/feeder-empty': noStock,
  'card-printer/feed-failed': { show: 'Mesin belum bisa mengambil kartu. Kartu belum dicetak.' },
  'card-printer/ribbon-ended': { show: 'Pita cetak mesin habis.' },
  'card-printer/ribbon-missing': { show: 'Pita cetak belum terpasang. Kartu belum dicetak.' },
  'card-printer/jam': { show: 'Ada kartu tersangkut di dalam mesin.' },
  'card-printer/cover-open': { show: 'Tutup mesin cetak sedang terbuka.' },
  'card-printer/reject-box-full': { show: 'Mesin perlu dikosongkan dulu. Kartu belum dicetak.' },
  'card-printer/cleaning-due': { show: 'Mesin perlu dibersihkan dulu. Kartu belum dicetak.' },
  'card-printer/cooling': {
    show: ['Mesin didinginkan dulu. Mulai lagi {until:time}.', 'Mesin didinginkan dulu. Kartu belum dicetak.'],
  },
  'card-printer/move-failed': { show: 'Mesin terganggu. Kartu belum keluar.' },
  'card-printer/card-not-expected': { show: 'Ada kartu lain di dalam mesin. Mesin diperiksa dulu.' },
  'card-printer/hardware': { show: 'Mesin cetak terganggu.' },
  'card-printer/outcome-unknown': toBeChecked,
  'card-printer/card-spoiled': { show: 'Cetakan rusak dan disimpan mesin.' },
  'card-printer/spoiled-twice': { show: 'Cetakan rusak 2 kali dan disimpan. Mesin berhenti mencetak.' },

  'receipt-printer/unreachable': noPaper,
  'receipt-printer/paper-out': { show: 'Kertas habis.', more: 'Foto atau catat nomor Anda.' },
  'receipt-printer/cover-open': noPaper,
  'receipt-printer/cutter': { show: 'Kertas belum terpotong. Sobek pelan-pelan.' },
  'receipt-printer/hardware': noPaper,

  'camera/unreachable': { show: 'Kamera belum siap.', now: 'Ketik nomor pada slip Anda.' },
  'camera/stalled': { show: 'Kamera berhenti sebentar.', now: 'Coba lagi, atau ketik nomor pada slip Anda.' },

  'fingerprint-scanner/unreachable': fingerByOfficer,
  'fingerprint-scanner/no-answer': { show: 'Alat sidik jari berhenti sebentar.', now: 'Tempelkan lagi jari Anda.' },
  'fingerprint-scanner/locked': fingerByOfficer,
  'fingerprint-scanner/hardware': fingerByOfficer,
  'fingerprint-scanner/no-finger': { show: 'Jari belum terasa di kaca.', now: 'Tempelkan jari Anda di kaca.' },
  'fingerprint-scanner/repeated-image': { show: 'Belum terbaca.', now: 'Angkat jari, lap, lalu tempelkan lagi.' },

  'fingerprint/not-recognised': fingerByOfficer,
  'fingerprint/none-enrolled': { show: 'Sidik jari Anda belum direkam. Ini biasa. Petugas akan membantu.' },
  'fingerprint/reference-unusable': fingerByOfficer,
  'fingerprint/record-unreadable': fingerByOfficer,

  'panel/unreachable': notPrinted,
  'panel/sensor-silent': notPrinted,
  'panel/shutter-stuck': { show: 'Lubang kartu belum bisa dibuka.' },
  'panel/door-open': { show: 'Mesin sedang dibuka petugas.' },
  'panel/mains-lost': { show: 'Listrik padam. Tunggu, mesin mengamankan kartu Anda.' },
  'panel/exit-not-empty': { show: 'Lubang kartu belum kosong. Mesin diperiksa dulu.' },

  'kiosk/starting': { show: 'Mesin sedang disiapkan.', more: 'Tunggu sebentar, KTP Anda aman.' },
  'kiosk/no-blanko': noStock,
  'kiosk/day-limit': { show: ['Kartu untuk hari ini habis. Buka lagi {until}.', 'Kartu untuk hari ini habis.'] },
  'kiosk/closed': { show: ['Mesin tutup. Buka lagi {until}.', 'Mesin tutup.'] },
  'kiosk/not-enrolled': notReady,
  'kiosk/store-failed': { show: 'Mesin terganggu dan berhenti mencetak.' },
  'kiosk/store-in-use': notReady,
  'kiosk/journal-fork': atOffice,
  'kiosk/journal-damaged': { show: 'Mesin rusak dan menunggu teknisi. Kartu belum bisa dicetak.' },
  'kiosk/disk-full': { show: 'Tempat catatan mesin penuh. Kartu belum bisa dicetak.' },
  'kiosk/not-counted': { show: 'Petugas perlu menghitung kartu di dalam mesin dulu.' },
  'kiosk/counter-unexplained': { show: 'Petugas perlu menghitung kartu di dalam mesin.' },
  'kiosk/training': { show: 'Petugas sedang berlatih dengan mesin ini.' },
  'kiosk/folder-unwritable': notReady,
  'kiosk/port-taken': notReady,
  'kiosk/cabinet-file': notReady,
  'kiosk/font-missing': notReady,

  'identify/code-check-digit': { show: 'Nomor belum cocok. Periksa lagi angkanya.' },
  'identify/nik-length': {
    show: ['Nomor kurang {missing} angka.', 'Nomor belum lengkap. Nomor slip 10 angka, NIK 16 angka.'],
  },
  'identify/nik-impossible': { show: 'NIK belum cocok. Periksa lagi angkanya.' },
  'identify/unknown-code': {
    show: 'Nomor belum dikenal. Periksa angkanya atau panggil petugas.',
    now: 'Ketik lagi nomor pada slip Anda.',
  },
  'identify/not-matched': {
    show: ['PIN belum cocok. Sisa {left} kali lagi.', 'PIN belum cocok.'],
    more: 'Periksa juga nomornya.',
    say: 'PIN belum cocok.',
  },
  'identify/pin-locked': {
    yours: 'KTP Anda tetap bisa dicetak nanti.',
    show: 'PIN dikunci sampai besok.',
    officer: 'Petugas di sini bisa membukanya. Tekan Panggil petugas.',
    now: 'Coba lagi besok dengan PIN yang sama.',
  },
  'identify/too-many-tries': {
    show: ['Terlalu sering dicoba. Coba lagi {until:time}.', 'Terlalu sering dicoba.'],
    now: 'Tunggu 1 menit, lalu coba lagi.',
  },
  'identify/code-expired': {
    yours: 'KTP Anda tetap bisa dicetak nanti.',
    show: 'Nomor ini sudah lewat masa berlakunya.',
    officer: 'Petugas di sini bisa membuat nomor baru. Siapkan KK.',
    now: ['Datang lagi {until}. Bawa KK untuk nomor baru.', 'Datang lagi pada jam kerja. Bawa KK untuk nomor baru.'],
  },
  'identify/not-me': { show: 'Kartu tidak dicetak.', now: 'Periksa nomor pada slip Anda, lalu coba lagi.' },
  'identify/cancelled': { show: 'Kartu belum dicetak.', now: 'Anda bisa datang lagi kapan saja.' },

  'record/unregistered': { show: 'KTP Anda belum direkam.', now: 'Silakan rekam di loket kecamatan. Bawa KK.' },
  'record/in-local-server': {
    show: ['Rekaman Anda disiapkan untuk pusat sejak {since}.', 'Rekaman Anda sedang disiapkan untuk pusat.'],
    more: 'Biasanya 1 sampai 7 hari, kadang lebih lama.',
    now: 'Jangan datang dulu. Cek dengan nomor pada slip ini.',
  },
  'record/at-centre': {
    show: ['Data Anda masih diperiksa di pusat sejak {since}.', 'Data Anda masih diperiksa di pusat.'],
    more: 'Biasanya 1 sampai 7 hari, kadang lebih lama.',
    now: 'Jangan datang dulu. Cek dengan nomor pada slip ini.',
  },
  'record/record-again': {
    show: 'Rekaman Anda belum lengkap. Silakan rekam ulang di loket.',
    now: 'Bawa KK ke loket perekaman.',
  },
  'record/duplicate': checkedByOffice,
  'record/adjudicated': { ...checkedByOffice, now: 'Jangan datang dulu. Cek dengan nomor pada slip ini.' },
  'record/closed': { show: 'Data Anda perlu dibetulkan di Disdukcapil.', more: 'Di sana petugas akan membantu.' },
  'record/being-printed': {
    show: 'KTP Anda sedang dicetak di kantor.',
    now: 'Jangan datang dulu. Cek dengan nomor pada slip ini.',
  },
  'record/at-counter': {
    yours: 'KTP Anda disimpan petugas loket.',
    show: [
      'KTP Anda sudah jadi. Ambil di {place}, kotak {box}.',
      'KTP Anda sudah jadi. Ambil di loket, kotak {box}.',
      'KTP Anda sudah jadi. Ambil di loket.',
    ],
    officer: 'Petugas loket akan menyerahkannya kepada Anda.',
    now: 'Ambil pada jam buka loket. Bawa KK.',
    say: 'Baca petunjuk di layar, lalu ke loket.',
  },
  'record/too-young': {
    show: ['KTP Anda bisa dicetak mulai {from}.', 'KTP dicetak mulai umur 17 tahun.'],
    now: 'Simpan slip Anda. Nomornya tetap sama.',
    say: 'KTP Anda belum bisa dicetak.',
  },
  'record/changed': {
    show: 'Data Anda baru diperbarui. Kartu belum dicetak.',
    now: 'Coba lagi besok dengan nomor yang sama.',
  },
  'record/data-disputed': { show: 'Kartu tidak dicetak. Data dibetulkan dulu di Disdukcapil.' },
  'record/bad-portrait': { show: 'Foto pada data Anda perlu diambil ulang.' },
  'record/unprintable-text': { show: 'Data Anda perlu dibetulkan sebelum dicetak.' },

  'class/lost': lostOrDamaged,
  'class/damaged': lostOrDamaged,
  'class/data-change': { ...lostOrDamaged, show: 'Perubahan data diurus di Disdukcapil.' },
  'class/moved-in': { ...lostOrDamaged, show: 'Pindah datang diurus di Disdukcapil.' },
  'class/foreigner': { ...lostOrDamaged, show: 'KTP warga negara asing diurus di Disdukcapil.' },
  'class/outside-domicile': { ...lostOrDamaged, show: 'KTP dari daerah lain diurus di Disdukcapil.' },
  'class/other-city': { show: ['KTP Anda dicetak di {place}.', 'KTP Anda dicetak di daerah asal.'] },
  'class/no-policy': { show: 'Layanan ini belum ada di mesin.', now: 'Tanyakan di loket Disdukcapil. Bawa KK.' },

  'right/already-issued': {
    show: ['KTP Anda tercatat sudah diambil {since}.', 'KTP Anda tercatat sudah diambil.'],
    now: 'Kalau belum menerima, tekan tombol di bawah.',
    officer: 'Kalau belum menerima, tekan tombol di bawah.',
    say: 'Baca keterangan di layar.',
  },
  'right/at-other-kiosk': {
    yours: 'KTP Anda diurus di sana.',
    show: ['KTP Anda sedang diproses di mesin {place}.', 'KTP Anda sedang diproses di mesin lain.'],
  },
  'right/held': keptInside,
  'right/in-doubt': toBeChecked,
  'right/not-usable': { show: 'KTP Anda belum bisa dicetak sekarang.' },
  'right/lease-invalid': { show: 'Izin cetak dari kantor belum cocok. Kartu belum dicetak.' },
  'right/lease-expired': { show: 'Izin cetak sudah lewat waktunya. Kartu belum dicetak.' },
  'right/lease-not-asked': { show: 'Izin cetak dari kantor belum cocok. Kartu belum dicetak.' },
  'right/revoked': { show: 'Izin cetak ditarik kantor. Kartu tidak dicetak.' },
  'right/lost': { show: 'KTP Anda dicatat hilang. Gantinya diurus di Disdukcapil.' },
  'right/needs-central': {
    show: 'Mesin harus bertanya ke kantor dulu. Kartu belum dicetak.',
    now: 'Coba lagi sebentar, atau datang lagi nanti.',
  },
  'right/epoch-closed': atOffice,

  'handover/not-taken': keptInside,

  'central/unreachable': {
    show: 'Sambungan ke kantor terputus. Kartu belum dicetak.',
    now: 'Coba lagi sebentar, atau datang lagi nanti.',
  },
  'central/restoring': { show: 'Kantor sedang membereskan catatannya. Kartu belum bisa dicetak.' },
  'central/refused': { show: 'Kantor belum mengizinkan cetak. Kartu belum dicetak.' },
  'uplink/malformed': lineTrouble,
  'uplink/oversize': lineTrouble,
  'uplink/wrong-version': lineTrouble,
  'uplink/wrong-place': lineTrouble,

  'import/file': recordBeingChecked,
  'import/columns': recordBeingChecked,
  'import/encoding': recordBeingChecked,
  'import/bad-nik': recordBeingChecked,
  'import/duplicate-nik': recordBeingChecked,
  'import/missing-photo': recordBeingChecked,
  'import/bad-photo': recordBeingChecked,
  'import/unknown-status': recordBeingChecked,
  'import/unknown-class': recordBeingChecked,
  'import/bad-date': recordBeingChecked,
  'import/bad-field': recordBeingChecked,
  'import/bad-fingers': recordBeingChecked,
  'import/no-signature': recordBeingChecked,
  'import/nik-differs': recordBeingChecked,
} satisfies Record<ProblemCode, CitizenWords>;
