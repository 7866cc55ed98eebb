import sharp from 'sharp';
import { isBlack } from './band.ts';
import type { PaperEvent } from './paper-roll.ts';

type Dots = Extract<PaperEvent, { type: 'dots' }>;
type Colour = readonly [number, number, number];

const paper: Colour = [251, 250, 245];
const ink: Colour = [32, 32, 38];
const backdrop: Colour = [196, 200, 204];
/** The knife leaves teeth; this many dots wide and high, and half as much again of nothing below the paper. */
const TOOTH_DOTS = 12;
const GAP_DOTS = 18;

/** What people read on the paper: its lines; a cut is a row of scissor marks. Ends with a line break unless empty. */
export function receiptText(events: readonly PaperEvent[]): string {
  const lines = events.flatMap((event) => {
    if (event.type === 'text') return [event.line];
    return event.type === 'cut' ? ['- - - - - - - -'] : [];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * The paper as a PNG, one pixel to a dot: 576 wide for 80 mm paper, 384 for 58 mm. `marginDots` adds the white at both sides
 * that the head does not reach, and as much above (32 makes the full width of the paper).
 */
export async function receiptPicture(
  events: readonly PaperEvent[],
  { marginDots = 0 }: { marginDots?: number } = {},
): Promise<Uint8Array> {
  const strips = events.filter((event) => event.type === 'dots' || event.type === 'cut');
  const dotsWide = Math.max(384, ...strips.map((strip) => (strip.type === 'dots' ? strip.widthDots : 0)));
  const width = dotsWide + 2 * marginDots;
  const paperRows = strips.reduce((sum, strip) => sum + rowsOf(strip), 0);
  const height = Math.max(1, marginDots + paperRows);
  const pixels = Buffer.alloc(width * height * 3);
  paintBlank(pixels);
  let top = marginDots;
  for (const strip of strips) {
    if (strip.type === 'cut') paintCut(pixels, width, top);
    else paintDots(pixels, width, top, strip, marginDots);
    top += rowsOf(strip);
  }
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png({ palette: true })
      .toBuffer(),
  );
}

function rowsOf(strip: PaperEvent): number {
  if (strip.type === 'dots') return strip.rows;
  return strip.type === 'cut' ? TOOTH_DOTS / 2 + GAP_DOTS : 0;
}

function paintBlank(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 3) pixels.set(paper, at);
}

function paintDots(pixels: Uint8Array, width: number, top: number, strip: Dots, left: number): void {
  for (let y = 0; y < strip.rows; y += 1) {
    for (let x = 0; x < strip.widthDots; x += 1) {
      if (isBlack(strip, x, y)) paint(pixels, width, left + x, top + y, ink);
    }
  }
}

function paintCut(pixels: Uint8Array, width: number, top: number): void {
  for (let y = 0; y < TOOTH_DOTS / 2 + GAP_DOTS; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const tooth = Math.abs((x % TOOTH_DOTS) - TOOTH_DOTS / 2);
      paint(pixels, width, x, top + y, y < tooth ? paper : backdrop);
    }
  }
}

function paint(pixels: Uint8Array, width: number, x: number, y: number, colour: Colour): void {
  pixels.set(colour, (y * width + x) * 3);
}
