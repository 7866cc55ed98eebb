import type { Action } from '#central/fleet/actions.ts';
import type { KioskNow } from '#central/fleet/kiosks.ts';
import type { Account } from '#contract/uplink/accounts.ts';
import type { EntryType, PrintOutcome, VisitOutcome } from '#contract/uplink/entries.ts';
import type { RightState } from '#contract/uplink/rights.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'none';

export const accountNames = {
  national: 'gudang pusat',
  'city-vault': 'gudang kota',
  transit: 'di jalan',
  'kecamatan-safe': 'brankas kecamatan',
  hopper: 'tempat kartu',
  'in-process': 'sedang diproses',
  issued: 'diserahkan',
  retained: 'tertahan',
  spoiled: 'rusak',
  defective: 'cacat chip',
  test: 'uji',
  destroyed: 'dimusnahkan',
  loaned: 'dipinjamkan',
  'in-doubt': 'ragu',
  unexplained: 'selisih',
} satisfies Record<Account, string>;

export const visitOutcomes = {
  issued: 'kartu diserahkan',
  'not-yet': 'belum siap cetak',
  referred: 'dirujuk ke kantor',
  deferred: 'ditunda (blangko atau batas harian)',
  'collect-elsewhere': 'kartu ada di tempat lain',
  'data-disputed': 'data dinyatakan salah',
  abandoned: 'warga pergi',
  'machine-trouble': 'gangguan mesin',
  'network-trouble': 'gangguan jaringan',
  retained: 'kartu tertahan di mesin',
  'in-doubt': 'kartu diragukan',
  'with-officer': 'dibantu petugas',
} satisfies Record<VisitOutcome, string>;

export const printOutcomes = {
  issued: { name: 'diserahkan', tone: 'good' },
  retained: { name: 'tertahan', tone: 'warn' },
  spoiled: { name: 'rusak', tone: 'warn' },
  unused: { name: 'tidak terpakai', tone: 'none' },
  'in-doubt': { name: 'ragu', tone: 'bad' },
} satisfies Record<PrintOutcome, { name: string; tone: Tone }>;

/** How far an attempt came that has no outcome yet. */
export const phases: Partial<Record<EntryType, string>> = {
  'print.intended': 'mengambil blangko',
  'print.inking': 'mencetak',
  'print.printed': 'selesai dicetak',
  'print.checked': 'diperiksa',
  'print.presenting': 'ditawarkan',
};

export const links = {
  connected: { name: 'tersambung', tone: 'good' },
  gone: { name: 'terputus', tone: 'bad' },
  unheard: { name: 'belum ada kabar', tone: 'none' },
} satisfies Record<KioskNow['link'], { name: string; tone: Tone }>;

export const modes = {
  full: { name: 'melayani penuh', tone: 'good' },
  'status-only': { name: 'hanya status', tone: 'warn' },
  closed: { name: 'tutup', tone: 'bad' },
} satisfies Record<'full' | 'status-only' | 'closed', { name: string; tone: Tone }>;

export const deviceNames: Record<string, string> = {
  'card-printer': 'Pencetak kartu',
  'fingerprint-scanner': 'Alat sidik jari',
  'receipt-printer': 'Pencetak tanda terima',
  camera: 'Kamera',
  panel: 'Panel dan sensor',
};

export const deviceStates: Record<string, { name: string; tone: Tone }> = {
  ready: { name: 'siap', tone: 'good' },
  trouble: { name: 'bermasalah', tone: 'warn' },
  away: { name: 'tidak menjawab', tone: 'bad' },
  opening: { name: 'sedang dibuka', tone: 'none' },
};

export const owners = {
  citizen: 'warga',
  operator: 'petugas kecamatan',
  technician: 'teknisi',
  central: 'pusat',
} satisfies Record<Action['owner'], string>;

export const rightStates = {
  usable: 'boleh dicetak',
  leased: 'sedang dipakai satu mesin',
  intended: 'blangko sudah dipesan',
  inking: 'sedang dicetak',
  presenting: 'kartu sedang ditawarkan',
  held: 'kartu tertahan, menunggu petugas',
  'in-doubt': 'diragukan, menunggu pemeriksaan',
  fenced: 'epoch kios ditutup, belum dicetak',
  'fenced-inked': 'epoch kios ditutup, mungkin sudah dicetak',
  lost: 'dicatat hilang',
  issued: 'kartu sudah diserahkan',
  paused: 'ditunda: data dinyatakan salah',
  closed: 'ditutup',
} satisfies Record<RightState, string>;

export const classes: Record<string, string> = {
  FIRST: 'kartu pertama',
  MOVED_IN: 'pindah datang',
  DATA_CHANGE: 'perubahan data',
  FOREIGNER_RENEWAL: 'perpanjangan orang asing',
  LOST: 'hilang',
  DAMAGED: 'rusak',
  OUTSIDE_DOMICILE: 'luar domisili',
};

const papers = { receipt: 'Tanda terima', slip: 'Slip', referral: 'Surat rujukan' };
export const paperName = (paper: unknown) => papers[paper as keyof typeof papers] ?? 'Kertas';
export const accountName = (account: unknown) => accountNames[account as Account] ?? String(account);
