import { fraction, pick, type Random, whole } from '#kit/random.ts';
import type { Kecamatan } from './regions.ts';

/** The plain facts of a life on a card: address, belief, work. Spread roughly as in the two cities, for looks only. */

const streets = [
  'JL. JENDERAL SUDIRMAN',
  'JL. MERDEKA',
  'JL. KAPTEN A. RIVAI',
  'JL. DEMANG LEBAR DAUN',
  'JL. KH. WAHID HASYIM',
  'JL. GUB. H.A. BASTARI',
  'JL. BASUKI RAHMAT',
  'JL. R. SUKAMTO',
  'JL. MAYOR ZEN',
  'JL. SULTAN MAHMUD BADARUDDIN II',
  'JL. MANGKUNEGARA',
  'JL. SOAK SIMPUR',
  'JL. BAY SALIM',
  'JL. LETDA ABDUL ROZAK',
  'JL. PANGERAN RATU',
  'JL. KEBUN SIRIH',
  'JL. DI PANJAITAN',
  'JL. MAWAR',
  'JL. ANGGREK RAYA',
  'JL. PADAT KARYA',
  'JL. SUMATERA',
  'JL. FATMAWATI',
  'JL. KALIMANTAN',
  'JL. RAWA MAKMUR',
];
const lanes = [
  'LRG. AMAN',
  'LRG. BAKTI',
  'LRG. CEMPAKA',
  'LRG. FAJAR',
  'LRG. HARAPAN JAYA',
  'LRG. KEDUKAN',
  'LRG. MASJID',
  'LRG. SEPAKAT',
  'LRG. SETIA',
  'LRG. TEMBUSAN',
  'GG. DAMAI',
  'GG. LANGGAR',
  'GG. MELATI',
];
const estates = [
  'KOMP. GRIYA ASRI',
  'PERUM TALANG KELAPA',
  'KOMP. POLYGON',
  'PERUMNAS',
  'KOMP. OGAN PERMATA INDAH',
  'RUSUN',
];

export function makeAddress(random: Random): string {
  const kind = fraction(random);
  const number = `NO. ${1 + whole(random, 199)}`;
  if (kind < 0.45) return `${pick(random, streets)} ${number}`;
  if (kind < 0.8) return `${pick(random, streets)} ${pick(random, lanes)} ${number}`;
  const block = `BLOK ${String.fromCharCode(65 + whole(random, 14))}${1 + whole(random, 12)} ${number}`;
  return kind < 0.95
    ? `${pick(random, estates)} ${block}`
    : `${pick(random, streets)} ${pick(random, lanes)} ${pick(random, estates)} ${block}`;
}

export function makeRtRw(random: Random): string {
  const three = (number: number) => String(number).padStart(3, '0');
  return `${three(1 + whole(random, 48))}/${three(1 + whole(random, 16))}`;
}

export const makeKelurahan = (random: Random, { kelurahan }: Kecamatan) => pick(random, kelurahan);

/** Picks a word by its weight. */
function weighted<T>(random: Random, table: readonly (readonly [T, number])[]): T {
  let left = fraction(random) * table.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [word, weight] of table) {
    left -= weight;
    if (left < 0) return word;
  }
  throw new RangeError('an empty table');
}

export const religions = [
  'ISLAM',
  'KRISTEN',
  'KATOLIK',
  'HINDU',
  'BUDDHA',
  'KONGHUCU',
  'KEPERCAYAAN TERHADAP TUHAN YME',
] as const;
const religionWeights = [920, 24, 14, 6, 28, 4, 4];

export const makeReligion = (random: Random) =>
  weighted(
    random,
    religions.map((religion, at) => [religion, religionWeights[at] ?? 1] as const),
  );

export const makeBloodGroup = (random: Random) =>
  weighted(random, [
    ['-', 30],
    ['O', 28],
    ['B', 18],
    ['A', 18],
    ['AB', 6],
  ] as const);

export const maritalStatuses = ['BELUM KAWIN', 'KAWIN', 'CERAI HIDUP', 'CERAI MATI'] as const;

export function makeMaritalStatus(random: Random, age: number): (typeof maritalStatuses)[number] {
  if (age < 20) return 'BELUM KAWIN';
  if (age < 30)
    return weighted(random, [
      ['BELUM KAWIN', 50],
      ['KAWIN', 47],
      ['CERAI HIDUP', 3],
    ] as const);
  return weighted(random, [
    ['BELUM KAWIN', 6],
    ['KAWIN', 80],
    ['CERAI HIDUP', 6],
    ['CERAI MATI', age > 55 ? 18 : 3],
  ] as const);
}

const work = [
  'BURUH HARIAN LEPAS',
  'KARYAWAN SWASTA',
  'WIRASWASTA',
  'PEDAGANG',
  'PEGAWAI NEGERI SIPIL',
  'GURU',
  'SOPIR',
  'NELAYAN/PERIKANAN',
  'PETANI/PEKEBUN',
  'TUKANG KAYU',
  'TUKANG JAHIT',
  'PERAWAT',
  'BIDAN',
  'DOSEN',
  'TENTARA NASIONAL INDONESIA',
  'KEPOLISIAN RI',
  'MEKANIK',
  'BELUM/TIDAK BEKERJA',
];

export function makeOccupation(random: Random, age: number, sex: string): string {
  if (age < 23 && fraction(random) < 0.85) return 'PELAJAR/MAHASISWA';
  if (sex === 'PEREMPUAN' && fraction(random) < 0.4) return 'MENGURUS RUMAH TANGGA';
  return age > 60 && fraction(random) < 0.4 ? 'PENSIUNAN' : pick(random, work);
}

const birthPlaces = [
  'PALEMBANG',
  'PALEMBANG',
  'PALEMBANG',
  'BENGKULU',
  'BENGKULU',
  'LUBUK LINGGAU',
  'PRABUMULIH',
  'BATURAJA',
  'LAHAT',
  'CURUP',
  'KAYU AGUNG',
  'SEKAYU',
  'JAKARTA',
  'MEDAN',
  'PADANG',
  'YOGYAKARTA',
  'BANDAR LAMPUNG',
  'JAMBI',
];

/** Mostly the city where they live. */
export const makeBirthPlace = (random: Random, here: string) =>
  fraction(random) < 0.6 ? here : pick(random, birthPlaces);
