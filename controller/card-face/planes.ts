import { type Box, faceSize } from './layout.ts';

const { widthPx, heightPx } = faceSize;
const ROW_BYTES = Math.ceil(widthPx / 8);

/** A plane of one bit per pixel, MSB first, from one byte of cover per pixel: half covered is ink. */
export function packInk(cover: Uint8Array): Uint8Array {
  const plane = new Uint8Array(ROW_BYTES * heightPx);
  for (let y = 0; y < heightPx; y++) packRow(cover, y * widthPx, plane, y * ROW_BYTES);
  return plane;
}

/** Reads eight pixels at a time: the top bit of a cover byte says whether half of its pixel is covered. */
function packRow(cover: Uint8Array, from: number, plane: Uint8Array, to: number): void {
  for (let x = 0; x < widthPx; x++) {
    const at = to + (x >> 3);
    plane[at] = (plane[at] as number) | (((cover[from + x] as number) >> 7) << (7 - (x & 7)));
  }
}

/** Adds the strokes of a picture of one byte per pixel to a plane; darker than `threshold` is ink. */
export function addStrokes(plane: Uint8Array, grey: Uint8Array, box: Box, threshold: number): void {
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if ((grey[y * box.width + x] as number) < threshold) setBit(plane, box.x + x, box.y + y);
    }
  }
}

function setBit(plane: Uint8Array, x: number, y: number): void {
  const at = y * ROW_BYTES + (x >> 3);
  plane[at] = (plane[at] as number) | (0x80 >> (x & 7));
}

/** Puts a picture of three bytes per pixel into a colour plane. */
export function putPicture(plane: Uint8Array, rgb: Uint8Array, box: Box): void {
  for (let y = 0; y < box.height; y++) {
    const row = rgb.subarray(y * box.width * 3, (y + 1) * box.width * 3);
    plane.set(row, ((box.y + y) * widthPx + box.x) * 3);
  }
}

/** Varnish everywhere but in the bare boxes. */
export function varnishPlane(bare: readonly Box[]): Uint8Array {
  const cover = new Uint8Array(widthPx * heightPx).fill(255);
  for (const { x, y, width, height } of bare) {
    for (let row = y; row < y + height; row++) cover.fill(0, row * widthPx + x, row * widthPx + x + width);
  }
  return packInk(cover);
}
