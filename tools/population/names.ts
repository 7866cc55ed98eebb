import { fraction, pick, type Random } from '#kit/random.ts';

/** Name parts of the peoples who live in both cities. Combined freely: any likeness is chance. */
const words = (text: string) => text.toUpperCase().split(' ');

const men = words(
  'Ahmad Muhammad Abdul Achmad Agus Aditya Amin Andi Anton Ari Asep Bambang Bayu Budi Candra Dedi Deni Dian Dimas Doni Eko Erwin Fajar Feri Firman Galih Guntur Hadi Hasan Hendra Heri Herman Ibnu Ilham Imam Indra Irfan Iwan Joko Kemas Kgs Kurniawan Lukman Marzuki Mulyadi Nanang Nur Oktavianus Putra Rahmat Rendi Ridwan Rizki Rudi Saiful Slamet Sofyan Sutrisno Suryadi Syahrul Taufik Teguh Toni Usman Wahyu Wawan Yanto Yusuf Zainal Zulkifli',
);
const women = words(
  'Siti Aisyah Amelia Anisa Ayu Citra Desi Dewi Diah Dina Eka Elly Endang Erna Fatimah Fitri Fitriani Hasnah Hartati Herlina Ida Indah Intan Kartika Kurniasih Laila Lestari Lilis Lina Maimunah Marlina Maya Mega Murni Nadia Nani Nia Nining Novi Nur Nuraini Nurhayati Nyayu Puspa Putri Rani Ratna Retno Rina Rini Rita Rohana Rosmala Salamah Sari Sri Sukmawati Suryani Susi Tri Umi Utami Vina Wahyuni Wati Winarti Yanti Yuliana Yuni Zahra Zubaidah',
);
const familyNames = words(
  "Saputra Hidayat Wijaya Pratama Setiawan Kusuma Santoso Siregar Nasution Harahap Simanjuntak Sitorus Tanjung Lubis Damanik Hutapea Rahman Hakim Iskandar Effendi Hasibuan Ramadhan Maulana Firmansyah Alamsyah Syahputra Darmawan Gunawan Susanto Wibowo Purnomo Prasetyo Nugroho Suhendra Halim Sanjaya Tanuwijaya Kesuma Abdullah Yusuf Marpaung Pane Rajagukguk Mukhtar Idris Basri Zaini Ma'ruf Jum'at Nu'man Sa'ad Rif'at",
);
const womensLast = words(
  "Lestari Handayani Rahayu Permatasari Anggraini Oktaviani Wulandari Puspitasari Safitri Kusumawati Maharani Pertiwi Susanti Nuraini Hasanah Rahmawati Agustina Febrianti Damayanti Novianti Apriliani Siregar Nasution Harahap Simanjuntak Tanjung Ma'rifah Sa'adah Jum'ati Ni'mah",
);
const titlesBefore = ['H.', 'HJ.', 'DR.', 'IR.', 'DRS.', 'DRA.', 'R.A.', 'KGS.', 'MGS.'];
const titlesAfter = ['S.PD.', 'S.E.', 'S.H.', 'S.KOM.', 'S.T.', 'A.MD.', 'M.SI.', 'M.PD.', 'S.KEP.', 'M.M.'];

export type Sex = 'LAKI-LAKI' | 'PEREMPUAN';

/** The longest name that this population has; the face of a card must cope with it. */
export const longestName = 60;

/** A name in capitals, as on a card: mostly two or three words, sometimes one, with titles, or very long. */
export function makeName(random: Random, sex: Sex): string {
  const first = sex === 'PEREMPUAN' ? women : men;
  const last = sex === 'PEREMPUAN' ? womensLast : familyNames;
  const kind = fraction(random);
  if (kind < 0.08) return pick(random, first);
  if (kind < 0.1) return veryLong(random, first, last);
  const given = kind < 0.45 ? distinct(random, first, 2) : [pick(random, first)];
  const name = [...given, pick(random, last)].join(' ');
  return kind > 0.92 ? withTitle(random, name, sex) : name;
}

function distinct(random: Random, from: readonly string[], count: number): string[] {
  const chosen = new Set<string>();
  while (chosen.size < count) chosen.add(pick(random, from));
  return [...chosen];
}

function veryLong(random: Random, first: readonly string[], last: readonly string[]): string {
  const parts = [...distinct(random, first, 5), ...distinct(random, last, 4)];
  while (parts.join(' ').length > longestName) parts.pop();
  return parts.join(' ');
}

function withTitle(random: Random, name: string, sex: Sex): string {
  const fits = titlesBefore.filter((title) =>
    sex === 'PEREMPUAN' ? !/^(H|DRS|R|KGS|MGS)\.$/.test(title) : !/^(HJ|DRA|R\.A)\.$/.test(title),
  );
  return fraction(random) < 0.5 ? `${pick(random, fits)} ${name}` : `${name}, ${pick(random, titlesAfter)}`;
}
