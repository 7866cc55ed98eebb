import { cardPicture } from '#drivers/card-printer/evolis/simulator/picture.ts';
import { receiptPicture } from '#drivers/receipt-printer/escpos/simulator/receipt.ts';
import type { Bitmaps } from './world/bitmaps.ts';
import { stripDots } from './world/papers.ts';
import type { Card, Paper, Strip } from './world/plain.ts';

/** White at both sides that the head does not reach: 32 dots make the full width of 80 mm paper. */
const MARGIN_DOTS = 32;

/**
 * A card as the eye sees it, as PNG of 1016 x 648, made of nothing but what the head laid on it; null where it is blank
 * or its panels are kept no more.
 */
export async function cardPng(card: Card | undefined, bitmaps: Bitmaps): Promise<Uint8Array | null> {
  const ink = (card?.ink ?? []).flatMap(({ panel, bitmap: hash }) => {
    const bitmap = bitmaps.find(hash);
    return bitmap ? [{ panel, bitmap }] : [];
  });
  return ink.length > 0 ? cardPicture(ink) : null;
}

/** A paper as PNG, one pixel per dot; null where there is none or its dots are kept no more. */
export async function paperPng(paper: Paper | undefined, bitmaps: Bitmaps): Promise<Uint8Array | null> {
  const picture = paper?.picture;
  const dots = picture && bitmaps.find(picture.bitmap);
  return dots ? dotsPng(dots, picture) : null;
}

/** The paper that hangs out of the slit now. */
export async function stripPng(strip: Strip): Promise<Uint8Array | null> {
  return strip.rows > 0 ? dotsPng(stripDots(strip), strip) : null;
}

function dotsPng(dots: Uint8Array, { widthDots, rows }: { widthDots: number; rows: number }): Promise<Uint8Array> {
  return receiptPicture([{ type: 'dots', dots, widthDots, rows }], { marginDots: MARGIN_DOTS });
}
