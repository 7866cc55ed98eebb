import type { EntryData } from '#contract/uplink/entries.ts';
import type { Tone } from './names.ts';

type Act = EntryData<'operator.acted'>;
interface Sentence {
  text: string;
  tone?: Tone;
}

/** What people did at the kiosk, and what the machine tells of itself under the same type of entry. */
const acts: Record<string, Sentence> = {
  called: { text: 'Warga memanggil petugas.' },
  disputed: { text: 'Warga berkata belum menerima kartunya. Petugas dipanggil.', tone: 'warn' },
  'call-ended': { text: 'Panggilan petugas selesai.' },
  'printed-owed': { text: 'Kertas yang tertunda dicetak.' },
  identified: { text: 'Petugas mengenali warga dari dokumen dan foto.' },
  'saw-person': { text: 'Petugas melihat foto warga pada data.' },
  'printer-seen': { text: 'Petugas memeriksa pencetak kartu.' },

  'spoiled-blanks': { text: 'Blangko rusak dikeluarkan dari tempat kartu ke kotak tolak.' },
  'counted-hopper': { text: 'Tempat kartu dihitung berdua.' },
  'emptied-box': { text: 'Kotak tolak dikosongkan dan dihitung berdua.' },
  'opening-count': { text: 'Isi mesin dihitung berdua: awal buku baru.' },
  'destroyed-ribbon': { text: 'Pita lama dimusnahkan berdua.' },

  'retained-card': { text: 'Kartu ragu ditemukan jadi dan disimpan untuk pemiliknya.' },
  'destroyed-blank': { text: 'Blangko ragu dimusnahkan berdua.' },
  'counted-blank': { text: 'Blangko ragu sudah ikut terhitung.' },
  'body-found': { text: 'Kartu yang dicari ditemukan.' },
  'not-found': { text: 'Kartu dicari berdua, tidak ditemukan. Haknya tetap tertutup.', tone: 'warn' },
  'case-explained': { text: 'Selisih dijelaskan dengan surat.' },
  'picture-taken': { text: 'Petugas memotret bagian dalam mesin untuk memeriksa perkara.' },

  'lease-surrendered': { text: 'Petugas mengembalikan hak cetak yang disimpan di mesin.' },

  'box-shortage': { text: 'Kotak tolak kurang dari buku; kartu ini seharusnya ada di dalamnya.', tone: 'bad' },
  'feeder-unbooked': { text: 'Tempat kartu berisi, padahal menurut buku kosong.', tone: 'warn' },
  'counter-unexplained': { text: 'Penghitung pencetak tidak cocok dengan jurnal. Cetak luring dilarang.', tone: 'bad' },
  'found-in-slot': { text: 'Kartu tak dikenal berdiri di lubang; dipindahkan ke kotak tolak.', tone: 'warn' },
  'body-in-box': { text: 'Kartu ragu ada di dalam mesin; dipindahkan ke kotak tolak.', tone: 'warn' },

  'training-on': { text: 'Latihan dimulai: mesin tidak melayani warga.' },
  'training-load': { text: 'SPECIMEN latihan diisi.' },
  'training-print': { text: 'Satu SPECIMEN latihan dicetak.' },
  'training-spoil': { text: 'SPECIMEN latihan rusak.' },
  'training-off': { text: 'Latihan selesai.' },
  'training-difference': {
    text: 'SPECIMEN yang kembali tidak sama dengan yang diisi: mungkin ada blangko asli di antaranya.',
    tone: 'bad',
  },
};

export const toldActs = Object.keys(acts);

/** Why, by whom and by which paper stand on the second line. */
export function tellAct({ action, operatorId, by, document, reason }: Act): Sentence & { more?: string } {
  const people = by ?? (operatorId ? [operatorId] : []);
  const more = [people.length > 0 && `oleh ${people.join(' dan ')}`, document, reason].filter(Boolean).join('; ');
  return { ...(acts[action] ?? { text: `Tindakan petugas: ${action}.` }), ...(more && { more }) };
}
