import { type QrSymbol, qrSymbol } from './qr-symbol.ts';
import type { Scene } from './scene.ts';

type Held = NonNullable<Scene['held']>;

/** All is drawn on a stage of this size and scaled to the picture. */
export const stage = { width: 640, height: 480 };

/** The scene as an SVG: a counter top, and over it what is held before the lens. */
export async function drawScene(scene: Pick<Scene, 'held' | 'covered'>): Promise<string> {
  if (scene.covered) return svg('<rect width="640" height="480" fill="#050505"/>');
  return svg(counterTop + (scene.held ? await drawHeld(scene.held) : ''));
}

function svg(inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">${inside}</svg>`;
}

const counterTop = `
  <defs>
    <linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#8d949a"/><stop offset="1" stop-color="#737a80"/></linearGradient>
    <linearGradient id="top" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#b7a68d"/><stop offset="1" stop-color="#8f7f68"/></linearGradient>
    <radialGradient id="shine"><stop offset="0" stop-color="#fff"/><stop offset=".55" stop-color="#fff" stop-opacity=".97"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="640" height="150" fill="url(#wall)"/>
  <rect y="150" width="640" height="330" fill="url(#top)"/>
  <rect y="146" width="640" height="8" fill="#5b5044" opacity=".6"/>
  <path d="M0 240 Q320 222 640 244 M0 330 Q320 316 640 338 M0 420 Q320 410 640 432" stroke="#7d6d57" stroke-width="1.5" fill="none" opacity=".5"/>`;

async function drawHeld(held: Held): Promise<string> {
  const code = await qrSymbol(held.text);
  switch (held.as) {
    case 'paper':
      return paper(code);
    case 'folded':
      return paper(code, foldMarks);
    case 'phone':
      return phone(code, screens.bright);
    case 'cracked-phone':
      return phone(code, screens.bright, cracks);
    case 'inverted':
      return phone(code, screens.nightMode);
    case 'glare':
      return phone(code, screens.bright, '<circle cx="330" cy="215" r="230" fill="url(#shine)"/>');
    case 'dark-phone':
      return phoneAgainstTheLens(code);
  }
}

const hand = (x: number, y: number) =>
  `<ellipse cx="${x}" cy="${y}" rx="74" ry="40" fill="#b98a68"/><ellipse cx="${x - 34}" cy="${y - 34}" rx="15" ry="34" fill="#c4956f"/>`;

/** A slip of thermal paper, held a little askew: the code and, below it, lines too small for this lens to read. */
function paper(code: QrSymbol, marks = ''): string {
  const lines = [352, 366, 380, 394]
    .map((y, i) => `<rect x="218" y="${y}" width="${200 - i * 26}" height="5" fill="#9a9a96"/>`)
    .join('');
  const sheet = `<rect x="186" y="62" width="268" height="352" fill="#000" opacity=".25"/><rect x="180" y="54" width="268" height="352" fill="#f4f2ec"/>`;
  return `<g transform="rotate(-5 320 240)">${sheet}${modules(code, 210, 90, 208, '#26262a')}${lines}${marks}</g>${hand(330, 452)}`;
}

/** Two folds: paper bends the light and wears off a thin line of the print. */
const foldMarks = `
  <rect x="180" y="54" width="268" height="118" fill="#000" opacity=".14"/>
  <rect x="330" y="54" width="118" height="352" fill="#000" opacity=".10"/>
  <path d="M180 172 L448 174" stroke="#fbfaf6" stroke-width="2.4"/>
  <path d="M330 54 L332 406" stroke="#fbfaf6" stroke-width="2"/>`;

const screens = {
  bright: { back: '#f3f7fb', ink: '#10131a' },
  nightMode: { back: '#14161c', ink: '#e8ecf2' },
} as const;

function phone(code: QrSymbol, { back, ink }: { back: string; ink: string }, over = ''): string {
  const body = `<rect x="196" y="22" width="256" height="430" rx="30" fill="#15161a"/><rect x="206" y="40" width="236" height="394" rx="16" fill="${back}"/>`;
  const app = `<rect x="206" y="40" width="236" height="42" rx="16" fill="#2b6f8f"/><rect x="240" y="352" width="168" height="9" rx="4" fill="#8a939c"/><rect x="262" y="374" width="124" height="9" rx="4" fill="#8a939c"/>`;
  return `${hand(320, 462)}<g transform="rotate(4 320 240)">${body}${app}${modules(code, 232, 118, 184, ink)}${over}</g>`;
}

const cracks = `
  <g stroke="#c9d2da" fill="none" opacity=".9">
    <path d="M210 70 L270 150 L300 210 L352 262 L438 300" stroke-width="1.8"/>
    <path d="M270 150 L330 140 L436 120" stroke-width="1.2"/>
    <path d="M300 210 L262 292 L226 330" stroke-width="1.4"/>
    <path d="M352 262 L346 330 L380 430" stroke-width="1.2"/>
  </g>`;

/** A screen turned down almost to nothing and held so close that it hides the room. */
function phoneAgainstTheLens(code: QrSymbol): string {
  const body = `<rect x="-40" y="-40" width="720" height="560" fill="#0b0b0d"/><rect x="60" y="-40" width="520" height="560" fill="#16171a"/>`;
  return body + modules(code, 170, 90, 300, '#111215');
}

/** The dark modules as one path, so that no seams show between them. */
function modules({ size, rows }: QrSymbol, left: number, top: number, width: number, ink: string): string {
  const step = width / size;
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return `<path transform="translate(${left} ${top}) scale(${step})" d="${squares.join('')}" fill="${ink}"/>`;
}
