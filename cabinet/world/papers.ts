import type { PaperEvent } from '#drivers/receipt-printer/escpos/simulator/paper-roll.ts';
import { emptyStrip, type Paper, type PaperPicture, type Strip, told, type World } from './plain.ts';

const DOTS_PER_MM = 8;
/** Older papers are forgotten; a citizen's drawer is not ours to keep. */
const PAPERS_KEPT = 20;

/** Paper comes out of the slit. `keep` puts the dots of a finished paper aside and names them. */
export function putPaper(world: World, event: PaperEvent, keep: (dots: Uint8Array) => string): World {
  switch (event.type) {
    case 'text':
      return withStrip(world, { ...world.receipt.strip, lines: [...world.receipt.strip.lines, event.line] });
    case 'dots':
      return rollOut(withStrip(world, addDots(world.receipt.strip, event)), event.rows / DOTS_PER_MM);
    case 'cut':
      return cut(world, keep);
    default:
      return event satisfies never;
  }
}

function withStrip(world: World, strip: Strip): World {
  return { ...world, receipt: { ...world.receipt, strip } };
}

function addDots(strip: Strip, piece: { dots: Uint8Array; widthDots: number; rows: number }): Strip {
  const dots = [...strip.dots, Buffer.from(piece.dots).toString('base64')];
  return { ...strip, dots, widthDots: piece.widthDots, rows: strip.rows + piece.rows };
}

function rollOut(world: World, usedMm: number): World {
  const leftMm = Math.max(0, world.receipt.leftMm - usedMm);
  return { ...world, receipt: { ...world.receipt, leftMm } };
}

function cut(world: World, keep: (dots: Uint8Array) => string): World {
  const { strip, cuts, papers } = world.receipt;
  if (strip.rows === 0 && strip.lines.length === 0) return world;
  const picture = strip.rows > 0 ? pictureOf(strip, keep) : null;
  const paper: Paper = { id: `paper-${cuts + 1}`, place: 'tray', lines: strip.lines, picture };
  const kept = [...papers, paper].slice(-PAPERS_KEPT);
  const receipt = { ...world.receipt, strip: emptyStrip, papers: kept, cuts: cuts + 1 };
  return told({ ...world, receipt }, 'paper cut');
}

function pictureOf(strip: Strip, keep: (dots: Uint8Array) => string): PaperPicture {
  return { bitmap: keep(stripDots(strip)), widthDots: strip.widthDots, rows: strip.rows };
}

export function stripDots(strip: Strip): Uint8Array {
  return Buffer.concat(strip.dots.map((piece) => Buffer.from(piece, 'base64')));
}

export function papersInTray(world: World): Paper[] {
  return world.receipt.papers.filter((paper) => paper.place === 'tray');
}

/** A hand takes all that lies in the tray. */
export function takePapers(world: World, who: string): World {
  const count = papersInTray(world).length;
  if (count === 0) return world;
  const papers = world.receipt.papers.map(
    (paper): Paper => (paper.place === 'tray' ? { ...paper, place: `hand:${who}` } : paper),
  );
  return told({ ...world, receipt: { ...world.receipt, papers } }, 'paper taken', { who, count });
}

export function setPaperLeft(world: World, leftMm: number, what: string): World {
  if (world.receipt.leftMm === leftMm) return world;
  return told({ ...world, receipt: { ...world.receipt, leftMm } }, what);
}

export function setReceiptCover(world: World, coverClosed: boolean): World {
  if (world.receipt.coverClosed === coverClosed) return world;
  const what = coverClosed ? 'receipt lid closed' : 'receipt lid opened';
  return told({ ...world, receipt: { ...world.receipt, coverClosed } }, what);
}

export function blockCutter(world: World, cutterBlocked: boolean): World {
  if (world.receipt.cutterBlocked === cutterBlocked) return world;
  const what = cutterBlocked ? 'cutter blocked' : 'cutter freed';
  return told({ ...world, receipt: { ...world.receipt, cutterBlocked } }, what);
}
