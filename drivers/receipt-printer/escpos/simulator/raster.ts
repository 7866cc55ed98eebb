import { type Band, blacken, blankBand, isBlack } from './band.ts';
import { indent, type Press } from './press.ts';

/** Rows of a long picture are printed as they come, this many at a time: a job cut off in the middle is half a picture. */
const STRIP_ROWS = 24;

/** GS v 0: what follows is a picture of this size, row by row. */
export function beginRaster(press: Press, bytes: readonly number[]): void {
  const [, , , mode = 0, xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = bytes;
  const [rowBytes, rowsLeft] = [xLow + xHigh * 256, yLow + yHigh * 256];
  if (rowBytes === 0 || rowsLeft === 0) return;
  const [timesX, timesY] = [mode & 1 ? 2 : 1, mode & 2 ? 2 : 1];
  press.raster = { rowBytes, rowsLeft, timesX, timesY, row: [] };
}

export function rasterByte(press: Press, byte: number): void {
  const { raster } = press;
  if (!raster) return;
  raster.row.push(byte);
  const wholeRows = raster.row.length / raster.rowBytes;
  const strip = Math.min(STRIP_ROWS, raster.rowsLeft, Math.max(1, Math.floor(4096 / raster.rowBytes)));
  if (wholeRows < strip) return;
  const picture = { widthDots: raster.rowBytes * 8, rows: strip, dots: Uint8Array.from(raster.row) };
  raster.row = [];
  raster.rowsLeft -= strip;
  if (raster.rowsLeft === 0) press.raster = null;
  printPicture(press, picture, raster.timesX, raster.timesY);
}

/** Prints dots where the alignment puts them; what does not fit on the paper is lost at the right. */
export function printPicture(press: Press, picture: Band, timesX: number, timesY: number, text: string[] = []): void {
  const band = blankBand(press.widthDots, picture.rows * timesY);
  const left = indent(press, Math.min(press.widthDots, picture.widthDots * timesX));
  copyInto(band, picture, left, timesX, timesY);
  press.actions.push({ do: 'print', band, text });
}

export function copyInto(band: Band, picture: Band, left: number, timesX: number, timesY: number): void {
  const width = Math.min(picture.widthDots * timesX, band.widthDots - left);
  for (let y = 0; y < picture.rows * timesY; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (isBlack(picture, Math.floor(x / timesX), Math.floor(y / timesY))) blacken(band, left + x, y);
    }
  }
}
