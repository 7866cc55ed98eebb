import type { CardFields } from '#contract/uplink/record.ts';
import { drawPortrait, drawSignature, type Sitter } from './golden-pictures.ts';
import type { Imaging } from './imaging.ts';

type Texts = Omit<CardFields, 'portrait' | 'signature'>;
export interface GoldenPerson {
  readonly texts: Texts;
  readonly sitter: Sitter;
  readonly signs: boolean;
}

/** Odd birth years stand before red, even ones before blue (domain.md 8.3). */
const RED = '#b3262b';
const BLUE = '#1f4f9c';

const siti: Texts = {
  province: 'SUMATERA SELATAN',
  city: 'KOTA PALEMBANG',
  nik: '1671045203910000',
  name: 'SITI AISYAH PERMATASARI',
  birthPlace: 'PALEMBANG',
  birthDate: '12-03-1991',
  sex: 'PEREMPUAN',
  bloodGroup: 'O',
  address: 'JL. KH. WAHID HASYIM LRG. BAKTI NO. 27',
  rtRw: '014/003',
  kelurahan: 'LIMA ULU',
  kecamatan: 'SEBERANG ULU I',
  religion: 'ISLAM',
  maritalStatus: 'BELUM KAWIN',
  occupation: 'GURU',
  nationality: 'WNI',
  validUntil: 'SEUMUR HIDUP',
  issuePlace: 'KOTA PALEMBANG',
  issueDate: '17-11-2026',
};
const woman: Sitter = {
  ground: RED,
  skin: '#c98f66',
  clothes: '#2d3a44',
  head: { worn: 'long-hair', colour: '#1c1512' },
};
const man: Sitter = { ground: BLUE, skin: '#b67c53', clothes: '#e8e6de', head: { worn: 'cap', colour: '#141414' } };

/** The faces that are hard to set. None of these people exists. */
export const goldenPeople = {
  ordinary: { texts: siti, sitter: woman, signs: true },
  'sixty-letters': {
    texts: {
      ...siti,
      name: 'RADEN AYU KURNIASIH WULANDARI PERMATASARI KUSUMAWATI NINGRUM',
      birthDate: '12-03-1992',
      nik: '1671045203920000',
    },
    sitter: { ...woman, ground: BLUE },
    signs: true,
  },
  'one-name-no-signature': {
    texts: {
      ...siti,
      name: 'AMIN',
      nik: '1671040107680000',
      birthDate: '01-07-1968',
      sex: 'LAKI-LAKI',
      bloodGroup: '-',
      maritalStatus: 'KAWIN',
      occupation: 'BURUH HARIAN LEPAS',
    },
    sitter: man,
    signs: false,
  },
  'long-address': {
    texts: {
      ...siti,
      address: 'JL. SULTAN MAHMUD BADARUDDIN II LRG. HARAPAN JAYA KOMP. OGAN PERMATA INDAH BLOK N12 NO. 199 LANTAI 2',
      kelurahan: 'KARANG ANYAR KELURAHAN PERSIAPAN SEBELAH TIMUR',
    },
    sitter: woman,
    signs: true,
  },
  headscarf: {
    texts: { ...siti, name: "NI'MAH SA'ADAH", birthDate: '12-03-1990', nik: '1671045203900000' },
    sitter: { ...woman, ground: BLUE, head: { worn: 'headscarf', colour: '#efe9dc' }, glasses: true },
    signs: true,
  },
  'dark-photograph': {
    texts: { ...siti, name: 'YOHANES MARPAUNG', sex: 'LAKI-LAKI', nik: '1671041203910000', religion: 'KRISTEN' },
    sitter: { ...woman, skin: '#5a3a26', head: { worn: 'hair', colour: '#0d0a09' }, light: 0.35 },
    signs: true,
  },
  'all-long': {
    texts: {
      ...siti,
      province: 'DAERAH ISTIMEWA YOGYAKARTA',
      city: 'KABUPATEN PENUKAL ABAB LEMATANG ILIR',
      name: 'RADEN AYU KURNIASIH WULANDARI PERMATASARI KUSUMAWATI NINGRUM SASTRONEGORO, S.PD., M.SI.',
      birthPlace: 'KABUPATEN PENUKAL ABAB LEMATANG ILIR',
      address: 'JL. SULTAN MAHMUD BADARUDDIN II LRG. HARAPAN JAYA KOMP. OGAN PERMATA INDAH BLOK N12 NO. 199 LANTAI 2',
      kelurahan: 'KARANG ANYAR KELURAHAN PERSIAPAN SEBELAH TIMUR',
      kecamatan: 'PENUKAL ABAB LEMATANG ILIR SEBELAH TIMUR LAUT',
      religion: 'KEPERCAYAAN TERHADAP TUHAN YME',
      occupation: 'ANGGOTA LEMBAGA TINGGI NEGARA LAINNYA DI DAERAH',
      issuePlace: 'KABUPATEN PENUKAL ABAB LEMATANG ILIR',
    },
    sitter: woman,
    signs: true,
  },
  'rare-signs': {
    texts: { ...siti, name: 'ÅSE D’ÀVILA-ØRSTED Ł. & <ÇELEBİ>', religion: 'BUDDHA', bloodGroup: 'AB-' },
    sitter: woman,
    signs: true,
  },
} as const satisfies Record<string, GoldenPerson>;

export type GoldenName = keyof typeof goldenPeople;
export const goldenNames = Object.keys(goldenPeople) as GoldenName[];

/** The whole record of a golden person, with pictures. */
export async function goldenFields(sharp: Imaging, name: GoldenName): Promise<CardFields> {
  const { texts, sitter, signs }: GoldenPerson = goldenPeople[name];
  return {
    ...texts,
    portrait: await drawPortrait(sharp, sitter),
    signature: signs ? await drawSignature(sharp) : null,
  };
}
