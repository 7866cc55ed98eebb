/** A strip of paper as dots: 1 bit per dot, MSB first, 1 = black. */
export interface Band {
  widthDots: number;
  rows: number;
  dots: Uint8Array;
}

export function blankBand(widthDots: number, rows: number): Band {
  return { widthDots, rows, dots: new Uint8Array(Math.ceil(widthDots / 8) * rows) };
}

/** Blackens one dot; outside the strip nothing happens, as there is no heating element. */
export function blacken({ widthDots, rows, dots }: Band, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= widthDots || y >= rows) return;
  const at = y * Math.ceil(widthDots / 8) + (x >> 3);
  dots[at] = (dots[at] ?? 0) | (0x80 >> (x & 7));
}

export function isBlack({ widthDots, dots }: Band, x: number, y: number): boolean {
  return ((dots[y * Math.ceil(widthDots / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** The same strip upside down, for ESC {. */
export function turned(band: Band): Band {
  const result = blankBand(band.widthDots, band.rows);
  for (let y = 0; y < band.rows; y += 1) {
    for (let x = 0; x < band.widthDots; x += 1) {
      if (isBlack(band, x, y)) blacken(result, band.widthDots - 1 - x, band.rows - 1 - y);
    }
  }
  return result;
}
