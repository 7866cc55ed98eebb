/** The columns of `records.csv`; their order is free. Dates are `YYYY-MM-DD`. Those in `mayBeEmpty` may be. */
export const recordColumns = [
  'nik',
  'name',
  'birth_place',
  'birth_date',
  'sex',
  'blood_group',
  'address',
  'rt_rw',
  'kelurahan',
  'kecamatan',
  'kecamatan_code',
  'city',
  'city_code',
  'province',
  'religion',
  'marital_status',
  'occupation',
  'nationality',
  'valid_until',
  'issue_place',
  'issue_date',
  'class',
  'status',
  'status_since',
  'printable_from',
  'closed_reason',
  'collect_place',
  'collect_box',
  'issued_on',
  'issued_where',
  'suket',
  'fingers',
] as const;
export type RecordColumn = (typeof recordColumns)[number];

export const mayBeEmpty: ReadonlySet<string> = new Set<RecordColumn>([
  'printable_from',
  'closed_reason',
  'collect_place',
  'collect_box',
  'issued_on',
  'issued_where',
  'suket',
]);

/** The columns of `codes.csv`: what the recording desk handed out. */
export const codeColumns = ['nik', 'pickup_code', 'pin', 'expires_on'] as const;
export type CodeColumn = (typeof codeColumns)[number];

export type Cells<Column extends string> = Record<Column, string>;

/** More than any field of a card holds: a longer one is a broken file, not a long name. */
export const maxCellCharacters = 400;
