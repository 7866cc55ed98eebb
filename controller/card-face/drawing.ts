import { fontFamily } from './fonts.ts';
import { type Box, faceSize, layout } from './layout.ts';
import type { PlacedText } from './set-text.ts';
import { escapeXml } from './xml.ts';

const { widthPx, heightPx } = faceSize;

/** The black of a face as SVG: the texts, on nothing. */
export function drawTexts(texts: readonly PlacedText[]): string {
  return drawing(texts.map(drawText).join('\n'));
}

function drawText({ text, weight, sizePx, baseline, box }: PlacedText): string {
  return `<text x="${box.x}" y="${baseline}" font-size="${sizePx}" font-weight="${weight}">${escapeXml(text)}</text>`;
}

const PAPER = '#f3f2ec';
const BAND = '#e6ebe7';
const RULE = '#a9b8b1';
const PALE_WORD = '#e9e8df';
const SMALL_WORD = '#7d8a84';

/** What is the same on every card, in colour: a calm ground, two rules, and the word that says what this card is. */
export function drawGround(): string {
  const { portrait, table, signature } = layout;
  return drawing(`<rect width="${widthPx}" height="${heightPx}" fill="${PAPER}"/>
<rect width="${widthPx}" height="106" fill="${BAND}"/>
<rect y="106" width="${widthPx}" height="2" fill="${RULE}"/>
<text x="${table.box.x + table.box.width / 2}" y="440" font-size="128" font-weight="700" fill="${PALE_WORD}" text-anchor="middle">SPECIMEN</text>
${drawFrame(portrait.box)}
<rect x="${signature.box.x}" y="615" width="${signature.box.width}" height="1" fill="${RULE}"/>
<text x="28" y="632" font-size="15" font-weight="600" letter-spacing="4" fill="${SMALL_WORD}">SPECIMEN</text>`);
}

function drawFrame({ x, y, width, height }: Box): string {
  return `<rect x="${x - 3}" y="${y - 3}" width="${width + 6}" height="${height + 6}" fill="#ffffff" stroke="${RULE}"/>`;
}

function drawing(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" font-family="${fontFamily}">
${content}
</svg>`;
}
