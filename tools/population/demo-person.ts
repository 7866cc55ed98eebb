import { addDays } from '#kit/civil-date.ts';
import type { RecordCells } from './citizen.ts';
import type { Sex } from './names.ts';
import type { DemoResult } from './result.ts';

/** Somebody of the fixed cast. `born` and `registered` make the NIK, which never changes. */
export interface DemoPerson {
  code: string;
  name: string;
  sex: Sex;
  born: string;
  registered?: string;
  /** The kecamatan of the address; Seberang Ulu I where nothing else is said. */
  lives?: string;
  kelurahan?: string;
  expect: DemoResult;
  /** One sentence for whoever tries the product. */
  about: string;
  /** What the person answers when asked whether the data are right. */
  says?: 'data-wrong';
  face: number | null;
  signature?: number | null;
  tornPhoto?: true;
  expiresInDays?: number;
  /** What their row says beyond a plain first card; dates are counted from `today`. */
  row?: (today: string) => Partial<RecordCells>;
}

export const woman = { sex: 'PEREMPUAN' } as const;
export const man = { sex: 'LAKI-LAKI' } as const;
/** The cells of a status that began so many days ago. */
export const status = (word: string, daysAgo: number) => (today: string) => ({
  status: word,
  status_since: addDays(today, -daysAgo),
});
