import type { ProblemCode } from './codes.ts';
import { deviceWords } from './technician.devices.id.ts';
import type { TechnicianWords } from './technician.words.ts';

/** Cause and remedy for the technician and the operator, in Indonesian. */
export const technicianWords = {
  ...deviceWords,

  // Jari dibandingkan dengan acuan pada data
  'fingerprint/not-recognised': {
    cause: 'Empat perbandingan tidak mencapai ambang. Biasanya karena jari aus atau kering.',
    do: 'Kenali warga dari dokumen dan foto pada data.',
  },
  'fingerprint/none-enrolled': {
    cause: 'Data tidak memuat sidik jari.',
    do: 'Kenali warga dari dokumen dan foto pada data.',
  },
  'fingerprint/reference-unusable': {
    cause: 'Acuan sidik jari pada data terlalu sedikit titiknya.',
    do: 'Kenali warga dari dokumen; pusat meminta perekaman ulang.',
  },
  'fingerprint/record-unreadable': {
    cause: 'Acuan sidik jari bukan rekaman ISO/IEC 19794-2:2005 atau ANSI 378, atau terpotong.',
    do: 'Kenali warga dari dokumen; pusat memeriksa asal data.',
  },

  // What a citizen typed or showed
  'identify/code-check-digit': {
    cause: 'Angka periksa nomor tidak cocok: salah ketik.',
    do: 'Tidak perlu apa-apa. Bantu warga membaca slip.',
  },
  'identify/nik-length': {
    cause: 'Jumlah angka bukan 10 dan bukan 16.',
    do: 'Tidak perlu apa-apa. Bantu warga menghitung angkanya.',
  },
  'identify/nik-impossible': { cause: 'Tanggal di dalam NIK tidak mungkin ada.', do: 'Cocokkan NIK dengan KK.' },
  'identify/unknown-code': {
    cause: 'Pusat tidak mengenal nomor ini.',
    do: 'Cocokkan dengan slip. Kalau benar, pusat memeriksa apakah kirimannya sudah diimpor.',
  },
  'identify/not-matched': {
    cause: 'PIN salah, atau NIK tidak dikenal. Keduanya sengaja tidak dibedakan.',
    do: 'Bantu warga mencari PIN pada SMS atau slip lipat.',
  },
  'identify/pin-locked': {
    cause: '3 PIN salah hari ini.',
    do: 'Tunggu sampai pukul 00.00 WIB: kunci terbuka sendiri dan PIN tetap berlaku. Mendesak? Minta pusat: central unlock-pin.',
  },
  'identify/too-many-tries': {
    cause: 'Terlalu banyak nomor tak dikenal dalam satu kunjungan.',
    do: 'Bantu warga membaca slip. Kalau berulang di kios ini, lihat siapa yang mencoba.',
  },
  'identify/code-expired': {
    cause: 'Nomor pengambilan sudah lewat masa berlaku.',
    do: 'Minta pusat mengimpor nomor baru untuk warga ini.',
  },
  'identify/not-me': { cause: 'Warga menjawab bahwa data itu bukan miliknya.', do: 'Periksa apakah slip tertukar.' },
  'identify/cancelled': {
    cause: 'Warga pergi atau membatalkan sebelum kartu dicetak.',
    do: 'Tidak perlu apa-apa. Hak cetaknya tetap ada.',
  },

  // The record
  'record/unregistered': { cause: 'NIK ada, biometrik belum direkam.', do: 'Arahkan ke loket perekaman.' },
  'record/in-local-server': {
    cause: 'Rekaman masih di server daerah (BIO_CAPTURED, PROCESSING).',
    do: 'Kalau lebih dari 7 hari, kirim ulang dari server daerah.',
  },
  'record/at-centre': {
    cause: 'Rekaman di pusat data (SFE, RECEIVED).',
    do: 'Jangan menjanjikan tanggal. Kalau lebih dari 30 hari, lapor ke Disdukcapil.',
  },
  'record/record-again': {
    cause: 'Biometrik tidak lengkap atau tak terbaca (EFAC, EFAR, SFAC).',
    do: 'Hapus rekaman lama, lalu rekam ulang.',
  },
  'record/duplicate': {
    cause: 'Terekam 2 kali (DUPLICATE_RECORD).',
    do: 'Selesaikan di Disdukcapil. Jangan menyebutnya di depan antrean.',
  },
  'record/adjudicated': {
    cause: 'Kemiripan data sedang dilihat petugas pusat (ADJUDICATE).',
    do: 'Tunggu putusan pusat.',
  },
  'record/closed': {
    cause: 'Data tercatat ditutup, kadang keliru.',
    do: 'Disdukcapil membetulkan. Jangan menyebut alasannya di layar.',
  },
  'record/being-printed': {
    cause: 'Data sudah dikirim untuk dicetak di tempat lain (SENT_FOR_CARD_PRINTING).',
    do: 'Tunggu kartu itu datang. Kios tidak mencetak kartu kedua.',
  },
  'record/at-counter': {
    cause: 'Kartu sudah dicetak di tempat lain dan menunggu di loket.',
    do: 'Serahkan dari kotak yang disebut, lalu catat di buku loket.',
  },
  'record/too-young': {
    cause: 'Tanggal boleh cetak (printableFrom) belum tiba.',
    do: 'Tidak perlu apa-apa. Kalau sudah menikah, data kawin dibetulkan dulu.',
  },
  'record/changed': {
    cause: 'Data berubah setelah dibaca dan sebelum dicetak.',
    do: 'Tidak perlu apa-apa. Kunjungan berikut memakai data baru.',
  },
  'record/data-disputed': {
    cause: 'Warga menyatakan ada data yang salah.',
    do: 'Disdukcapil membetulkan data. Hak cetaknya tertahan: lapor ke pusat dengan nomor kunjungan.',
  },
  'record/bad-portrait': {
    cause: 'Foto dalam data tidak dapat dipakai untuk kartu.',
    do: 'Ambil foto ulang dan impor lagi.',
  },
  'record/unprintable-text': {
    cause: 'Ada huruf yang tidak dimiliki huruf kartu, atau teks terlalu panjang.',
    do: 'Betulkan ejaan dalam data, lalu impor lagi.',
  },

  // The class of issuance
  'class/lost': {
    cause: 'Kelas LOST dilayani di Disdukcapil menurut kebijakan.',
    do: 'Serahkan kertas petunjuk: surat kehilangan polisi dan KK.',
  },
  'class/damaged': {
    cause: 'Kelas DAMAGED dilayani di Disdukcapil menurut kebijakan.',
    do: 'Serahkan kertas petunjuk: KTP lama dan KK.',
  },
  'class/data-change': {
    cause: 'Kelas DATA_CHANGE tidak dicetak di kecamatan.',
    do: 'Serahkan kertas petunjuk: KK dan bukti perubahan.',
  },
  'class/moved-in': {
    cause: 'Kelas MOVED_IN dilayani di Disdukcapil menurut kebijakan.',
    do: 'Serahkan kertas petunjuk.',
  },
  'class/foreigner': {
    cause: 'Kelas FOREIGNER_RENEWAL dilayani di Disdukcapil menurut kebijakan.',
    do: 'Serahkan kertas petunjuk.',
  },
  'class/outside-domicile': {
    cause: 'Kelas OUTSIDE_DOMICILE dilayani di Disdukcapil menurut kebijakan.',
    do: 'Serahkan kertas petunjuk.',
  },
  'class/other-city': { cause: 'Data terdaftar di kota yang tidak dilayani kios ini.', do: 'Arahkan ke daerah asal.' },
  'class/no-policy': {
    cause: 'Tidak ada baris kebijakan untuk kelas dan tanggal ini.',
    do: 'Lapor ke pusat: baris kebijakan datang bersama versi program yang baru.',
  },

  // The right
  'right/already-issued': {
    cause: 'Hak cetak ini sudah berakhir dengan kartu yang diserahkan.',
    do: 'Kalau warga menyangkal, ia menekan "Saya belum menerima". Lapor ke pusat dengan nomor kunjungan.',
  },
  'right/at-other-kiosk': {
    cause: 'Kios lain memegang izin cetak orang ini.',
    do: 'Selesaikan di kios itu. Kalau kios itu mati, nyalakan lagi: catatannya terkirim sendiri.',
  },
  'right/held': {
    cause: 'Kartunya sudah jadi dan tersimpan di kios ini.',
    do: 'Serahkan kartu itu berdua setelah memeriksa identitas, lalu catat dengan hand-over.',
  },
  'right/in-doubt': {
    cause: 'Tidak terbukti apakah kartu sudah keluar.',
    do: 'Cari kartunya berdua, lihat waiting, lalu putuskan dengan hand-over atau destroy.',
  },
  'right/not-usable': {
    cause: 'Hak cetak sedang tidak dapat dipakai.',
    do: 'Cari nomor kunjungannya di konsol pusat dan lihat keadaan haknya.',
  },
  'right/lease-invalid': {
    cause: 'Tanda tangan atau isi izin tidak cocok dengan permintaan.',
    do: 'Periksa jam papan, dan apakah enrolment.json berasal dari pusat ini. Kalau tetap, lapor ke pusat.',
  },
  'right/lease-expired': {
    cause: 'Izin diterima setelah masa berlakunya.',
    do: 'Periksa jam papan dan kecepatan sambungan.',
  },
  'right/lease-not-asked': {
    cause: 'Izin datang tanpa permintaan yang terbuka: terlambat atau diulang.',
    do: 'Tidak dicetak. Kalau berulang, laporkan ke pusat.',
  },
  'right/revoked': {
    cause: 'Pusat mencabut hak cetak ini, atau datanya tidak ada lagi.',
    do: 'Tanyakan ke pusat. Kios tidak dapat mengubahnya.',
  },
  'right/lost': {
    cause: 'Pusat memutuskan bahwa badan kartu ini tidak ditemukan.',
    do: 'Arahkan warga ke Disdukcapil: penggantinya adalah kartu generasi berikut.',
  },
  'right/needs-central': {
    cause:
      'Izin ini diterima sebelum kios mati mendadak atau komputernya dimatikan, atau penghitung printer belum dijelaskan. Dipakai tanpa sambungan hanya setelah pusat membandingkan jurnal.',
    do: 'Sambungkan kios ke pusat sekali; sesudah itu izin dapat dipakai lagi.',
  },
  'right/epoch-closed': {
    cause: 'Epoch kios ini sudah ditutup pusat.',
    do: 'Jangan mencetak. Lapor ke pusat.',
  },

  // Hand-over
  'handover/not-taken': {
    cause: 'Kartu 2 kali tidak diambil lalu ditarik ke dalam.',
    do: 'Serahkan kartu itu berdua setelah memeriksa identitas (hand-over), atau musnahkan dengan berita acara (destroy).',
  },

  // Central and the wire to it
  'central/unreachable': {
    cause: 'Tidak ada jawaban dari pusat.',
    do: 'Periksa jaringan tapak, lalu alamat broker. Jurnal tetap aman dan dikirim nanti.',
  },
  'central/restoring': {
    cause: 'Basis data pusat dipulihkan dari cadangan dan catatan izin belum lengkap diterapkan.',
    do: 'Terapkan catatan izin (grants log), atau tunggu sampai setiap kios melapor, atau tutup epoch kios yang mati.',
  },
  'central/refused': {
    cause: 'Pusat menolak permintaan kios ini.',
    do: 'Baca kodenya di central.log, lalu cocokkan pendaftaran kios.',
  },
  'uplink/malformed': {
    cause: 'Pesan tidak sesuai kontrak.',
    do: 'Samakan versi perangkat lunak kios dan pusat, lalu kirim log keduanya.',
  },
  'uplink/oversize': {
    cause: 'Pesan melebihi batas ukuran.',
    do: 'Cari data yang terlalu besar, biasanya foto; samakan versi kedua sisi.',
  },
  'uplink/wrong-version': { cause: 'Versi pesan tidak dikenal.', do: 'Perbarui sisi yang lebih lama.' },
  'uplink/wrong-place': {
    cause: 'Pesan datang di topik kios lain.',
    do: 'Periksa id kios di berkas pendaftaran; jangan menyalin disk kios.',
  },

  // The file drop
  'import/file': { cause: 'Berkas impor hilang, terpotong, atau bukan CSV.', do: 'Minta berkas utuh dari pengirim.' },
  'import/columns': {
    cause: 'Kolom wajib tidak ada.',
    do: 'Samakan baris judul dengan contoh dari npm run population.',
  },
  'import/encoding': { cause: 'Berkas bukan UTF-8.', do: 'Simpan ulang sebagai UTF-8.' },
  'import/bad-nik': {
    cause: 'Susunan NIK di baris ini tidak mungkin.',
    do: 'Betulkan di sumber data. NIK tidak diubah di sini.',
  },
  'import/duplicate-nik': {
    cause: 'NIK yang sama muncul 2 kali dalam berkas.',
    do: 'Pilih baris yang benar di sumber data.',
  },
  'import/missing-photo': {
    cause: 'Berkas foto untuk baris ini tidak ada.',
    do: 'Lengkapi JPEG dengan nama yang tertulis di baris.',
  },
  'import/bad-photo': { cause: 'Foto bukan JPEG yang dapat dibaca atau terlalu kecil.', do: 'Kirim ulang fotonya.' },
  'import/unknown-status': {
    cause: 'Status rekaman tidak dikenal.',
    do: 'Pakai salah satu status pada contoh dari npm run population.',
  },
  'import/unknown-class': {
    cause: 'Kelas penerbitan tidak dikenal.',
    do: 'Pakai salah satu dari 6 kelas pada contoh dari npm run population.',
  },
  'import/bad-date': {
    cause: 'Tanggal tidak ada di kalender atau bentuknya lain.',
    do: 'Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-23.',
  },
  'import/bad-field': {
    cause: 'Isi kolom terlalu panjang, kosong, atau tak dikenal.',
    do: 'Betulkan kolom yang disebut di laporan impor.',
  },
  'import/bad-fingers': {
    cause: 'Rekaman sidik jari baris ini tidak dapat dipakai. Petugas yang mengenali orangnya.',
    do: 'Kirim ulang rekaman sidik jarinya, menurut ISO/IEC 19794-2.',
  },
  'import/no-signature': {
    cause: 'Baris ini tidak punya tanda tangan. Kartu tetap dicetak.',
    do: 'Periksa apakah orangnya memang tidak bisa tanda tangan.',
  },
  'import/nik-differs': {
    cause: 'Tanggal lahir atau jenis kelamin berbeda dari NIK. Baris tetap diterima.',
    do: 'Periksa di sumber data. NIK tidak diubah.',
  },
} satisfies Record<ProblemCode, TechnicianWords>;
