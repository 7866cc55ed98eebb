import type { TechnicianWords } from './technician.words.ts';

/** Cause and remedy for faults of the cabinet and the kiosk program, in Indonesian. */
export const deviceWords = {
  // The wire to a device
  'link/unreachable': {
    cause: 'Kabel lepas, alat mati, atau alamat di berkas kabinet salah.',
    do: 'Periksa kabel dan listrik alat, lalu cocokkan alamat di berkas kabinet.',
  },
  'link/lost': {
    cause: 'Sambungan ke alat putus di tengah kerja.',
    do: 'Periksa kabel dan colokan. Sambungan dibuka lagi sendiri; kalau putus lagi, ganti kabel.',
  },
  'device/protocol': {
    cause: 'Alat menjawab dengan bita yang tidak dikenal.',
    do: 'Cocokkan model dengan berkas kabinet, lalu nyalakan ulang alat. Kalau tetap, kirim log kios ke pusat.',
  },
  'device/wrong-model': {
    cause: 'Alat yang terpasang bukan model di berkas kabinet.',
    do: 'Pasang model yang disebut di berkas kabinet.',
  },

  // Card printer
  'card-printer/unreachable': {
    cause: 'Pencetak kartu tidak menjawab: mati, kabel USB lepas, atau masih menyala awal.',
    do: 'Tunggu 1 menit, periksa lampu pencetak dan kabel USB, lalu nyalakan ulang.',
  },
  'card-printer/feeder-empty': {
    cause: 'Tempat kartu kosong menurut sensor.',
    do: 'Isi kartu berdua: kipas dulu, hitung, lalu catat dengan perintah load.',
  },
  'card-printer/feed-failed': {
    cause: 'Kartu lengket, penuntun terlalu rapat, atau rol pengambil aus.',
    do: 'Kipas kartu, atur penuntun, bersihkan rol. Kalau berulang, ganti rol pengambil.',
  },
  'card-printer/ribbon-ended': {
    cause: 'Pita habis, mungkin di tengah kartu.',
    do: 'Ganti pita berdua. Pita lama masuk kantong bernomor karena memuat wajah warga.',
  },
  'card-printer/ribbon-missing': {
    cause: 'Pita belum terpasang, jenisnya lain, atau sensor pita kotor.',
    do: 'Pasang pita YMCKO sampai berbunyi klik, lalu lap sensor pita.',
  },
  'card-printer/jam': {
    cause: 'Kartu tersangkut di jalur cetak.',
    do: 'Buka tutup berdua dan keluarkan kartu. Kalau kunjungannya ada di waiting, putuskan dengan destroy.',
  },
  'card-printer/cover-open': {
    cause: 'Tutup pencetak terbuka atau sakelarnya rusak.',
    do: 'Tutup sampai berbunyi klik. Kalau tetap terbaca terbuka, periksa sakelar tutup.',
  },
  'card-printer/reject-box-full': {
    cause: 'Kotak tolak penuh.',
    do: 'Kosongkan berdua, hitung per jenis, lalu catat dengan empty-box.',
  },
  'card-printer/cleaning-due': {
    cause: 'Penghitung pembersihan pencetak sudah tercapai.',
    do: 'Jalankan kartu pembersih, lalu lap kepala cetak dan rol.',
  },
  'card-printer/cooling': {
    cause: 'Kepala cetak panas; pencetak berhenti sampai dingin.',
    do: 'Tunggu. Kalau sering, buka jalan udara kabinet dan bersihkan saringan kipas.',
  },
  'card-printer/move-failed': {
    cause: 'Kartu tidak sampai ke tempat yang diperintahkan.',
    do: 'Lihat letak kartu dan bersihkan rol, lalu nyalakan ulang pencetak. Kalau berulang, ganti rol.',
  },
  'card-printer/card-not-expected': {
    cause: 'Ada kartu di dalam, padahal tidak ada cetakan yang berjalan.',
    do: 'Nyalakan ulang pencetak: program memindahkan kartu itu ke kotak tolak. Kalau tetap, keluarkan berdua dan lapor ke pusat.',
  },
  'card-printer/hardware': {
    cause: 'Pencetak melaporkan kerusakan pada dirinya.',
    do: 'Baca sebabnya di log kios dan nyalakan ulang sekali. Kalau tetap, tukar pencetak.',
  },
  'card-printer/outcome-unknown': {
    cause: 'Sambungan hilang saat tinta mungkin sudah mengalir.',
    do: 'Jangan cetak ulang. Cari kartunya berdua, lihat waiting, lalu putuskan dengan hand-over atau destroy.',
  },
  'card-printer/card-spoiled': {
    cause: 'Cetakan kartu ini rusak dan sudah masuk kotak tolak.',
    do: 'Tidak perlu apa-apa. Kalau sering, periksa pita dan kebersihan kartu.',
  },
  'card-printer/spoiled-twice': {
    cause: '2 cetakan rusak berturut-turut.',
    do: 'Periksa sensor pita, kepala cetak, dan blangko dari dus itu, lalu ketik printer-seen.',
  },

  // Receipt printer
  'receipt-printer/unreachable': {
    cause: 'Pencetak tanda terima mati atau kabelnya lepas.',
    do: 'Periksa listrik dan kabel. Kertas yang tertunda dicetak dengan print-owed.',
  },
  'receipt-printer/paper-out': {
    cause: 'Gulungan kertas habis.',
    do: 'Pasang gulungan baru, sisi peka panas menghadap kepala cetak.',
  },
  'receipt-printer/cover-open': { cause: 'Tutup pencetak tanda terima terbuka.', do: 'Tutup sampai berbunyi klik.' },
  'receipt-printer/cutter': {
    cause: 'Pisau pemotong macet.',
    do: 'Matikan, buang sobekan kertas di pisau, lalu nyalakan. Kalau berulang, ganti pisau.',
  },
  'receipt-printer/hardware': {
    cause: 'Pencetak tanda terima melaporkan kerusakan.',
    do: 'Nyalakan ulang sekali. Kalau tetap, tukar pencetak tanda terima.',
  },

  // Camera
  'camera/unreachable': {
    cause: 'Kamera tidak ditemukan atau dipakai program lain.',
    do: 'Periksa kabel pita kamera di kedua ujung, lalu nyalakan ulang papan.',
  },
  'camera/stalled': {
    cause: 'Gambar kamera berhenti datang.',
    do: 'Dibuka lagi sendiri. Kalau sering, ganti kabel kamera dan periksa suhu papan.',
  },

  // Fingerprint scanner
  'fingerprint-scanner/unreachable': {
    cause: 'Alat sidik jari tidak ditemukan.',
    do: 'Periksa kabelnya di kedua ujung. Sementara itu petugas yang mengenali warga.',
  },
  'fingerprint-scanner/no-answer': {
    cause: 'Alat sidik jari terlambat menjawab, diam, atau jawabannya tidak cocok.',
    do: 'Ditanya dan dibuka lagi sendiri. Kalau sering, ganti kabel dan periksa kecepatan port.',
  },
  'fingerprint-scanner/locked': {
    cause: 'Alat sidik jari meminta kata sandi yang tidak dikenal kios.',
    do: 'Tulis kata sandinya di berkas kabinet, atau tukar alatnya.',
  },
  'fingerprint-scanner/hardware': {
    cause: 'Alat sidik jari melaporkan kerusakan sensor.',
    do: 'Bersihkan kaca, nyalakan ulang sekali. Kalau tetap, tukar alatnya.',
  },
  'fingerprint-scanner/no-finger': {
    cause: 'Tidak ada jari yang ditempelkan.',
    do: 'Tidak ada yang perlu diperbaiki.',
  },
  'fingerprint-scanner/repeated-image': {
    cause: 'Alat memberi gambar yang sama persis dua kali.',
    do: 'Bersihkan kaca. Kalau berulang, kabel atau alat mungkin diusik: periksa dan tukar.',
  },

  // Panel
  'panel/unreachable': {
    cause: 'Papan I/O tidak menjawab.',
    do: 'Periksa kabel USB papan I/O, lalu pasang ulang firmware Firmata bila perlu.',
  },
  'panel/sensor-silent': {
    cause: 'Sensor tidak melapor selama 2 detik, jadi isinya tidak diketahui.',
    do: 'Periksa kabel sensor dan papan I/O. Mencetak tetap tertutup sampai pulih.',
  },
  'panel/shutter-stuck': {
    cause: 'Pintu lubang kartu tidak sampai ke ujung geraknya.',
    do: 'Cari kartu atau benda asing di lubang, lalu periksa motor dan sensornya. Setelah bebas, kios pulih sendiri.',
  },
  'panel/door-open': {
    cause: 'Pintu kabinet terbuka.',
    do: 'Tutup dan kunci pintu. Kalau tidak ada yang membukanya, laporkan ke pusat sekarang.',
  },
  'panel/mains-lost': {
    cause: 'Listrik PLN padam; kabinet memakai baterai.',
    do: 'Tunggu listrik. Kalau hanya kabinet yang mati, periksa stopkontak dan sekring.',
  },
  'panel/exit-not-empty': {
    cause: 'Sensor lubang melihat kartu, padahal seharusnya kosong.',
    do: 'Ambil berdua dan lap sensor. Kartu: cari kunjungannya di waiting. Benda asing: lapor ke pusat.',
  },

  // The kiosk itself
  'kiosk/starting': {
    cause: 'Program baru menyala dan memeriksa pekerjaan terakhir.',
    do: 'Tunggu. Kalau lebih dari 2 menit, baca log kios.',
  },
  'kiosk/no-blanko': {
    cause: 'Buku mencatat tidak ada blangko di mesin.',
    do: 'Isi kartu berdua dan catat dengan load. Kalau kartunya ada, hitung dengan count-hopper.',
  },
  'kiosk/day-limit': {
    cause: 'Batas cetak hari ini tercapai.',
    do: 'Tidak ada kerusakan: batas ini menjaga suhu pencetak. Besok terbuka sendiri.',
  },
  'kiosk/closed': {
    cause: 'Kios tidak dapat mencetak saat kunjungan dimulai.',
    do: 'Baca sebabnya di layar awal, di konsol pusat, atau di log kios.',
  },
  'kiosk/not-enrolled': {
    cause: 'Kios belum terdaftar di pusat.',
    do: 'Pusat mendaftarkan dengan register-kiosk; taruh enrolment.json di folder data kios.',
  },
  'kiosk/store-failed': {
    cause: 'Menulis ke penyimpanan gagal; program berhenti agar tidak ada yang hilang.',
    do: 'Ganti kartu penyimpanan. Simpan yang lama: isinya bukti.',
  },
  'kiosk/store-in-use': {
    cause: 'Program pengendali lain sudah memegang basis data ini.',
    do: 'Hentikan salinan yang lain. Hanya 1 pengendali per kabinet.',
  },
  'kiosk/journal-fork': {
    cause: 'Jurnal kios berbeda dari yang dipegang pusat, misalnya karena disk lama dipasang.',
    do: 'Jangan mencetak. Simpan disk ini apa adanya dan lapor ke pusat.',
  },
  'kiosk/journal-damaged': {
    cause: 'Berkas jurnal kios rusak. Berkas itu disimpan apa adanya; kios tidak mulai lagi dengan jurnal kosong.',
    do: 'Simpan kartu penyimpanan sebagai bukti. Minta nomor epoch baru dari pusat (central open-epoch), taruh berkas enrolmen itu di folder data, lalu dua orang menghitung.',
  },
  'kiosk/disk-full': {
    cause: 'Ruang untuk jurnal habis. Kios berhenti mencetak, bukan menghapus catatan.',
    do: 'Kosongkan ruang di luar folder data, atau pasang kartu penyimpanan yang lebih besar. Jangan menghapus jurnal.',
  },
  'kiosk/not-counted': {
    cause: 'Epoch baru dimulai dan isi mesin belum dihitung.',
    do: 'Dua orang menghitung hopper dan kotak tolak, lalu mencatatnya dengan: npm run kiosk -- opening-count.',
  },
  'kiosk/counter-unexplained': {
    cause: 'Penghitung printer bergerak lebih dari yang dijelaskan jurnal, misalnya kartu uji atau kartu ganda.',
    do: 'Dua orang menghitung hopper dan kotak tolak, lalu menjelaskan bedanya dengan surat: npm run kiosk -- explain. Sampai itu kios tidak mencetak tanpa sambungan pusat.',
  },
  'kiosk/training': {
    cause: 'Mode latihan menyala: hanya blangko SPECIMEN yang dicetak, warga tidak dilayani.',
    do: 'Setelah latihan, dua orang mengosongkan blangko SPECIMEN dan mematikan mode latihan: npm run kiosk -- training off.',
  },
  'kiosk/folder-unwritable': {
    cause: 'Folder data tidak dapat ditulis.',
    do: 'Perbaiki pemilik dan izin folder data, lalu periksa sisa ruang disk.',
  },
  'kiosk/port-taken': {
    cause: 'Port layar sudah dipakai program lain.',
    do: 'Hentikan program itu, atau pilih port lain.',
  },
  'kiosk/cabinet-file': {
    cause: 'Berkas kabinet salah isi atau hilang.',
    do: 'Bandingkan dengan contoh di buku teknisi, perbaiki, lalu jalankan program lagi.',
  },
  'kiosk/font-missing': {
    cause: 'Huruf untuk kartu tidak ada, jadi cetakan akan berisi kotak.',
    do: 'Hapus folder node_modules dan jalankan npm start: huruf terpasang lagi. Mencetak tertutup sampai uji huruf lulus.',
  },
} satisfies Record<string, TechnicianWords>;
