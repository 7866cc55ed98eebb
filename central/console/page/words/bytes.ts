const units = [
  [2 ** 30, 'GB'],
  [2 ** 20, 'MB'],
  [2 ** 10, 'kB'],
] as const;
const number = new Intl.NumberFormat('id-ID', { maximumSignificantDigits: 3 });

/** `1,7 GB`, `512 MB`; in powers of 1,024, as the budget is given. */
export function bytes(count: number): string {
  const unit = units.find(([size]) => count >= size);
  return unit ? `${number.format(count / unit[0])} ${unit[1]}` : `${count} B`;
}
