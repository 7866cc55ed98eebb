import type { Cells, RecordColumn } from '#central/gateway/file-drop/columns.ts';
import { checkDigit } from '#contract/uplink/codes.ts';
import type { FingerRecord } from './fingers.ts';
import type { Sex } from './names.ts';
import type { City, Kecamatan } from './regions.ts';

export type RecordCells = Cells<RecordColumn>;

/** One synthetic person: what the registry's files say, and what has to be drawn. */
export interface Citizen {
  row: RecordCells;
  pickupCode: string;
  pin: string;
  /** The last day on which the pick-up number works. */
  expiresOn: string;
  /** Number of the face and of the signature; null where there is none. */
  face: number | null;
  signature: number | null;
  /** What their fingers are compared with; none where none were enrolled or drawn. */
  fingers: readonly FingerRecord[];
  /** The photo file arrived whole by its frame, and cannot be decoded. */
  tornPhoto: boolean;
}

/** PPKKCC DDMMYY 0000: real in structure, and with a serial that is never issued, so it is nobody's. */
export function makeNik(kecamatanCode: string, birthDate: string, sex: Sex): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const dayOfSex = String(Number(day) + (sex === 'PEREMPUAN' ? 40 : 0)).padStart(2, '0');
  return `${kecamatanCode.replaceAll('.', '')}${dayOfSex}${month}${year.slice(2)}0000`;
}

/** A pick-up number of nine digits and its check digit. */
export function pickupNumber(nineDigits: string): string {
  return `${nineDigits}${checkDigit(nineDigits)}`;
}

/** Where somebody lives, as it stands in the files. */
export function placeCells(city: City, kecamatan: Kecamatan, kelurahan: string) {
  return {
    kelurahan,
    kecamatan: kecamatan.name,
    kecamatan_code: kecamatan.code,
    city: city.name,
    city_code: city.code,
    province: city.province,
    issue_place: city.issuePlace,
  };
}

/** What is empty unless the status or the life of a person fills it. */
export const nothingSpecial = {
  closed_reason: '',
  collect_place: '',
  collect_box: '',
  issued_on: '',
  issued_where: '',
  suket: '',
} as const;
