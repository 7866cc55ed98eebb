/** Where a blank can be, in the books. The sum per batch is constant: blanks move between accounts and never vanish. */
export const accounts = [
  'national',
  'city-vault',
  'transit',
  'kecamatan-safe',
  'hopper',
  'in-process',
  'issued',
  'retained',
  'spoiled',
  'defective',
  'test',
  'destroyed',
  'loaned',
  'in-doubt',
  'unexplained',
] as const;
export type Account = (typeof accounts)[number];
