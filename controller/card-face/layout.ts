import type { CardFields } from '#contract/uplink/record.ts';

/** A rectangle in pixels of the face, from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Weight = 400 | 600 | 700;

/** How a text may be set: as large as `maxPx`, wrapped rather than below `easyPx`, never below `minPx`. */
export interface TextStyle {
  readonly weight: Weight;
  readonly maxPx: number;
  readonly easyPx: number;
  readonly minPx: number;
  readonly maxLines: number;
}

/** One row of the table: a printed label and what stands beside it. */
export interface Row {
  readonly field: string;
  readonly label: string;
  /** Rows that belong to the row above stand a little to the right. */
  readonly indented?: true;
  readonly maxLines: number;
  readonly text: (fields: CardFields) => string;
  /** A second, short value on the same line. */
  readonly beside?: { readonly field: string; readonly label: string; readonly text: (fields: CardFields) => string };
}

/** A line of text takes this much of its size above and below the base line; glyphs that are taller are refused. */
export const lineShape = { above: 0.98, below: 0.26 } as const;

/** 300 dots per inch: 85.60 x 53.98 mm and a bleed of a few dots (domain.md 8.3). */
export const faceSize = { widthPx: 1016, heightPx: 648 } as const;

/** 17 px are capitals of 1.0 mm: smaller ones are no longer read without a glass. */
const SMALLEST_PX = 17;

/** Where everything stands on the neutral SPECIMEN card of this project. The fields and their order are the law's. */
export const layout = {
  /** Text and pictures keep clear of the edge, where the card may lie askew under the head. */
  safe: { x: 28, y: 20, width: 960, height: 616 },
  heading: {
    x: 28,
    width: 960,
    baselines: { province: 52, city: 90 },
    style: { weight: 700, maxPx: 30, easyPx: 18, minPx: 18, maxLines: 1 },
  },
  nik: {
    labelX: 28,
    x: 226,
    width: 508,
    baseline: 156,
    labelStyle: { weight: 400, maxPx: 28, easyPx: 28, minPx: 28, maxLines: 1 },
    style: { weight: 700, maxPx: 36, easyPx: 36, minPx: 36, maxLines: 1 },
  },
  table: {
    box: { x: 28, y: 172, width: 706, height: 440 },
    indentPx: 18,
    valueX: 226,
    /** Where the second value of a row has its label and its text. */
    besideLabelX: 516,
    besideX: 634,
    besideGapPx: 20,
    /** Rows stand no further apart than this, however few lines there are. */
    widestGapPx: 9,
    /** And no closer, or the lines of one value look like rows of their own. */
    narrowestGapPx: 3,
    labelStyle: { weight: 400, maxPx: 20, easyPx: SMALLEST_PX, minPx: SMALLEST_PX, maxLines: 1 },
    /** Where the table is set smaller, labels stay this much smaller than values. */
    labelSmallerPx: 1,
    valueStyle: { weight: 600, maxPx: 25, easyPx: 21, minPx: SMALLEST_PX },
  },
  portrait: {
    box: { x: 760, y: 118, width: 228, height: 304 },
    /** Half of what is printed; below that a face is a guess. */
    smallest: { widthPx: 114, heightPx: 152 },
    /** Width divided by height. Between these the edges are trimmed a little; outside it is another kind of picture. */
    narrowest: 0.6,
    widest: 0.9,
  },
  issue: {
    x: 760,
    width: 228,
    baseline: 450,
    placeStyle: { weight: 600, maxPx: 19, easyPx: 18, minPx: SMALLEST_PX, maxLines: 3 },
    dateStyle: { weight: 600, maxPx: 19, easyPx: 19, minPx: SMALLEST_PX, maxLines: 1 },
  },
  signature: { box: { x: 772, y: 528, width: 204, height: 84 } },
  /** Where the varnish is not: it ends before the lower edge, where its film would otherwise tear. */
  bare: [{ x: 0, y: 640, width: 1016, height: 8 }],
} as const;

/** The rows in the order of the card (domain.md 8.3). */
export const rows: readonly Row[] = [
  { field: 'name', label: 'Nama', maxLines: 3, text: ({ name }) => name },
  {
    field: 'birth',
    label: 'Tempat/Tgl Lahir',
    maxLines: 2,
    text: ({ birthPlace, birthDate }) => `${birthPlace}, ${birthDate}`,
  },
  {
    field: 'sex',
    label: 'Jenis Kelamin',
    maxLines: 1,
    text: ({ sex }) => sex,
    beside: { field: 'bloodGroup', label: 'Gol. Darah', text: ({ bloodGroup }) => bloodGroup },
  },
  { field: 'address', label: 'Alamat', maxLines: 3, text: ({ address }) => address },
  { field: 'rtRw', label: 'RT/RW', indented: true, maxLines: 1, text: ({ rtRw }) => rtRw },
  { field: 'kelurahan', label: 'Kel/Desa', indented: true, maxLines: 2, text: ({ kelurahan }) => kelurahan },
  { field: 'kecamatan', label: 'Kecamatan', indented: true, maxLines: 2, text: ({ kecamatan }) => kecamatan },
  { field: 'religion', label: 'Agama', maxLines: 2, text: ({ religion }) => religion },
  { field: 'maritalStatus', label: 'Status Perkawinan', maxLines: 1, text: ({ maritalStatus }) => maritalStatus },
  { field: 'occupation', label: 'Pekerjaan', maxLines: 2, text: ({ occupation }) => occupation },
  { field: 'nationality', label: 'Kewarganegaraan', maxLines: 1, text: ({ nationality }) => nationality },
  { field: 'validUntil', label: 'Berlaku Hingga', maxLines: 1, text: ({ validUntil }) => validUntil },
];

/** `PROVINSI` stands before the name of a province, unless the office already wrote it. */
export const provinceLine = ({ province }: CardFields) =>
  /^PROVINSI\b/i.test(province.trim()) ? province : `PROVINSI ${province}`;
