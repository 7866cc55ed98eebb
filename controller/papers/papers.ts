import { dateInWords, effectLines, timeInWords } from '#contract/problems/citizen.fill.ts';
import * as words from '#contract/problems/citizen.id.ts';
import type { Effect, Params } from '#contract/screen/screen-state.ts';
import type { PaperLine } from '#drivers/receipt-printer/receipt-printer.ts';
import { dayAt, localTime } from '#kit/civil-date.ts';

/** What stands on every paper of this site. */
export interface PaperSite {
  office: string;
  /** `Jl. ...`, where people come back to. */
  siteName: string;
  kiosk: string;
}

export interface PaperMoment {
  visitNo: string;
  wallMs: number;
}

const free: PaperLine[] = [
  { kind: 'rule' },
  { kind: 'text', text: 'GRATIS', align: 'centre', bold: true, size: 'large' },
  { kind: 'text', text: 'KTP-el gratis. Jangan bayar siapa pun.', align: 'centre' },
  { kind: 'text', text: 'Ada pungutan? Lapor: loket, Disdukcapil,', align: 'centre' },
  { kind: 'text', text: 'SP4N-LAPOR! lapor.go.id, Ombudsman 137.', align: 'centre' },
];

function heading(site: PaperSite, title: string, { visitNo, wallMs }: PaperMoment): PaperLine[] {
  return [
    { kind: 'text', text: site.office, align: 'centre', bold: true },
    { kind: 'text', text: site.siteName, align: 'centre' },
    { kind: 'rule' },
    { kind: 'text', text: title, align: 'centre', bold: true },
    { kind: 'row', label: 'Tanggal', value: dateInWords(dayAt(wallMs), 'id') },
    { kind: 'row', label: 'Waktu', value: timeInWords(localTime(wallMs), 'id') },
    { kind: 'row', label: 'Mesin', value: site.kiosk },
    { kind: 'space', lines: 1 },
    { kind: 'text', text: 'Nomor kunjungan', align: 'centre' },
    { kind: 'text', text: visitNo, align: 'centre', bold: true, size: 'huge' },
    { kind: 'space', lines: 1 },
  ];
}

/** After the card was taken. `initials` is all that is told of the person: `R. S.` */
export function receiptPaper(
  site: PaperSite,
  moment: PaperMoment,
  what: { initials: string | null; rule: string; shortHash: string },
): PaperLine[] {
  return [
    ...heading(site, 'TANDA TERIMA KTP-el', moment),
    { kind: 'text', text: 'KTP-el diterima', align: 'centre', bold: true, size: 'large' },
    ...(what.initials ? [{ kind: 'row', label: 'Penerima', value: what.initials } as const] : []),
    { kind: 'row', label: 'Aturan', value: what.rule },
    { kind: 'row', label: 'Bukti', value: what.shortHash },
    { kind: 'qr', text: `KTPEL-TT1:${moment.visitNo}:${what.shortHash.replaceAll(' ', '')}` },
    { kind: 'text', text: 'Periksa kartu sekarang. Salah cetak? Kembali dalam 14 hari kerja dengan kertas ini.' },
    { kind: 'text', text: 'Jangan distaples, dilaminasi, atau dibengkokkan.' },
    { kind: 'text', text: 'Jangan unggah foto KTP ke media sosial.' },
    { kind: 'text', text: 'Simpan kertas ini.' },
    ...free,
  ];
}

/** For everyone who leaves without a card: what happened, what it means for card and PIN, what to do now. */
export function slipPaper(site: PaperSite, moment: PaperMoment, effect: Effect): PaperLine[] {
  const { params } = effect;
  const { what, more, yours, now } = effectLines(words, effect, 'id');
  return [
    ...heading(site, 'KETERANGAN KUNJUNGAN', moment),
    { kind: 'text', text: what, bold: true },
    ...(more ? [{ kind: 'text', text: more } as const] : []),
    { kind: 'space', lines: 1 },
    { kind: 'text', text: yours },
    { kind: 'text', text: now },
    ...(typeof params.office === 'string' ? referral(params) : []),
    { kind: 'space', lines: 1 },
    { kind: 'text', text: 'Tunjukkan kertas ini kepada petugas.' },
    ...free,
  ];
}

/** The office that serves this class: where, when, with what. */
function referral(params: Params): PaperLine[] {
  const documents = String(params.documents ?? '')
    .split('; ')
    .filter(Boolean);
  return [
    { kind: 'rule' },
    { kind: 'text', text: 'Diurus di:' },
    { kind: 'text', text: String(params.office), bold: true },
    { kind: 'text', text: String(params.address ?? '') },
    { kind: 'text', text: String(params.hours ?? '') },
    ...(documents.length > 0 ? [{ kind: 'text', text: 'Bawa:' } as const] : []),
    ...documents.map((text): PaperLine => ({ kind: 'tick', text })),
  ];
}
