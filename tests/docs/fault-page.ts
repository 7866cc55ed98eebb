import type { ProblemRow } from '#contract/problems/row.ts';
import type { TechnicianWords } from '#contract/problems/technician.words.ts';

const families: Record<string, string> = {
  link: 'Sambungan ke alat',
  device: 'Alat',
  'card-printer': 'Pencetak kartu',
  'receipt-printer': 'Pencetak tanda terima',
  camera: 'Kamera',
  'fingerprint-scanner': 'Alat sidik jari',
  fingerprint: 'Sidik jari warga',
  panel: 'Panel depan: lampu, pintu lubang, sensor',
  kiosk: 'Program kios',
  identify: 'Nomor dan PIN warga',
  record: 'Data warga',
  class: 'Jenis penerbitan yang diurus di tempat lain',
  right: 'Hak cetak',
  handover: 'Penyerahan kartu',
  central: 'Pusat',
  uplink: 'Pesan antara kios dan pusat',
  import: 'Impor data',
};
const who = { citizen: 'warga', operator: 'petugas', technician: 'teknisi', central: 'pusat' };
const visits = { 'go-on': 'jalan terus', 'refuse-new': 'tidak mencetak', stop: 'tidak mencetak' };

const intro = `<!-- Dibuat dari contract/problems/ oleh tests/docs. Jangan disunting di sini. -->

# Tabel gangguan

Setiap kode yang dapat muncul di log, jurnal, dan konsol. Kode tidak pernah berubah; kalimatnya boleh.
"Layanan" berarti akibatnya bagi warga selama gangguan berlangsung. "2 orang" berarti tindakannya perlu dua petugas.
Kata seperti load, waiting, atau hand-over adalah perintah kios: lihat [buku petugas](operator.id.md#perintah). Perintah
pusat ada di [buku pusat](pusat.id.md).
`;

/** The Indonesian table of faults: one section per family, one row per code. */
export function faultPage<Code extends string>(
  codes: readonly Code[],
  rowOf: (code: Code) => ProblemRow,
  words: Record<Code, TechnicianWords>,
): string {
  const sections = [...new Set(codes.map(familyOf))].map((family) => {
    const rows = codes.filter((code) => familyOf(code) === family).map((code) => line(code, rowOf(code), words[code]));
    return `\n## ${families[family] ?? family}\n\n${heading}\n${rows.join('\n')}\n`;
  });
  return `${intro}${sections.join('')}`;
}

const familyOf = (code: string) => code.split('/')[0] ?? '';
const heading = '| kode | penyebab | tindakan | oleh | layanan |\n| --- | --- | --- | --- | --- |';

function line(code: string, row: ProblemRow, { cause, do: deed }: TechnicianWords): string {
  const hands = row.hands === 2 ? ', 2 orang' : '';
  const due = row.dueInHours > 0 ? `, ${row.dueInHours} jam` : '';
  return `| \`${code}\` | ${cause} | ${deed} | ${who[row.fixedBy]}${hands}${due} | ${visits[row.visits]} |`;
}
