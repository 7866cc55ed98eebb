import type { GreyImage } from '../grey-image.ts';
import { emptyPlane, type Plane } from './grid.ts';

const DPI = 500; // everything after this stage counts in pixels of this size
const DPI_LIMITS = { least: 20, most: 20_000 };
/** Two of our largest pictures on a side; more would keep the kiosk busy for seconds. */
const MOST_PIXELS = 4_000_000;

/**
 * SourceAFIS, stage `scaled-image`: the picture at 500 dpi, 0 for the platen to 1 for a ridge. Scaled by area, larger as well
 * as smaller. Throws a RangeError for a picture that is none.
 */
export function scaledImage(image: GreyImage): Plane {
  checkSize(image);
  const grey = inked(image);
  const width = Math.round((DPI / image.dpi) * image.widthPx);
  const height = Math.round((DPI / image.dpi) * image.heightPx);
  if (width * height > MOST_PIXELS) throw new RangeError(`a picture of ${width} x ${height} pixels is too large`);
  if (width === image.widthPx && height === image.heightPx) return grey;
  return resized(grey, width, height);
}

function checkSize({ widthPx, heightPx, dpi, pixels }: GreyImage): void {
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) {
    throw new RangeError(`a picture of ${widthPx} x ${heightPx} pixels is none`);
  }
  if (pixels.length !== widthPx * heightPx) {
    throw new RangeError(`${pixels.length} bytes are not a picture of ${widthPx} x ${heightPx} pixels`);
  }
  if (!(dpi >= DPI_LIMITS.least && dpi <= DPI_LIMITS.most))
    throw new RangeError(`${dpi} dpi is no scanner's resolution`);
}

function inked({ widthPx, heightPx, pixels }: GreyImage): Plane {
  const plane = emptyPlane(widthPx, heightPx);
  for (let i = 0; i < pixels.length; i += 1) plane.cells[i] = 1 - (pixels[i] ?? 0) / 255;
  return plane;
}

/** Which source pixels one pixel of the result covers, and how much of each. */
interface Cover {
  from: number;
  to: number;
  part: (source: number) => number;
}

function resized(source: Plane, width: number, height: number): Plane {
  const [scaleX, scaleY] = [width / source.width, height / source.height];
  const columns = covers(width, 1 / scaleX, source.width);
  const rows = covers(height, 1 / scaleY, source.height);
  const result = emptyPlane(width, height);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      result.cells[y * width + x] = covered(source, column, row) * (scaleX * scaleY);
    }
  }
  return result;
}

function covers(size: number, step: number, sourceSize: number): Cover[] {
  return Array.from({ length: size }, (_, i) => {
    const start = i * step;
    const end = start + step;
    return {
      from: Math.trunc(start),
      to: Math.min(Math.ceil(end), sourceSize),
      part: (source) => Math.min(source + 1, end) - Math.max(source, start),
    };
  });
}

function covered(source: Plane, column: Cover, row: Cover): number {
  let sum = 0;
  for (let y = row.from; y < row.to; y += 1) {
    const high = row.part(y);
    for (let x = column.from; x < column.to; x += 1) {
      sum += column.part(x) * high * (source.cells[y * source.width + x] ?? 0);
    }
  }
  return sum;
}
