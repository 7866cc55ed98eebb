import type { Imaging } from '#controller/card-face/imaging.ts';
import type { Drawing } from './drawings.ts';

/** So much larger than the scaled picture, so that lines and pixels can both be seen. */
const ENLARGED = 2;
const MOST_COLUMNS = 7;
const TILE = { width: 250, height: 250, caption: 44, gap: 12 };
const TITLE_PX = 46;
const FONT = 'Noto Sans';

export interface Tile {
  png: Uint8Array;
  name: string;
  caption: string;
}

export async function pictureOf(sharp: Imaging, { base, lines }: Drawing): Promise<Uint8Array> {
  const [width, height] = [base.widthPx * ENLARGED, base.heightPx * ENLARGED];
  const pixels = sharp(base.rgb, { raw: { width: base.widthPx, height: base.heightPx, channels: 3 } });
  const enlarged = pixels.resize(width, height, { kernel: 'nearest' });
  if (lines === '') return enlarged.png().toBuffer();
  const view = `viewBox="0 0 ${base.widthPx} ${base.heightPx}" width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${view} font-family="${FONT}">${lines}</svg>`;
  return enlarged
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
}

/** Stages on one sheet, in order, each with its name and what it is. */
export async function sheetOf(sharp: Imaging, tiles: readonly Tile[], title: string): Promise<Uint8Array> {
  const columns = Math.min(MOST_COLUMNS, tiles.length);
  const [stepX, stepY] = [TILE.width + TILE.gap, TILE.height + TILE.caption + TILE.gap];
  const width = columns * stepX + TILE.gap;
  const height = TITLE_PX + Math.ceil(tiles.length / columns) * stepY + TILE.gap;
  const places = tiles.map((tile, i) => ({
    ...tile,
    left: TILE.gap + (i % columns) * stepX,
    top: TITLE_PX + TILE.gap + Math.floor(i / columns) * stepY,
  }));
  const small = await Promise.all(
    places.map(async ({ png, left, top }) => {
      const fit = { fit: 'contain', background: '#fff' } as const;
      return { input: await sharp(png).resize(TILE.width, TILE.height, fit).png().toBuffer(), left, top };
    }),
  );
  const words = places.map(({ name, caption, left, top }) => captionAt(left, top + TILE.height, name, caption));
  const heading = `<text x="${TILE.gap}" y="32" font-size="21" font-weight="600" fill="#222">${escaped(title)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT}">${heading}${words.join('')}</svg>`;
  const sheet = sharp({ create: { width, height, channels: 3, background: '#eef1f4' } });
  return sheet
    .composite([...small, { input: Buffer.from(svg), left: 0, top: 0 }])
    .png({ palette: true, effort: 10 })
    .toBuffer();
}

function captionAt(x: number, y: number, name: string, caption: string): string {
  return (
    `<text x="${x}" y="${y + 18}" font-size="14" font-weight="600" fill="#222">${name}</text>` +
    `<text x="${x}" y="${y + 36}" font-size="13" fill="#555">${caption}</text>`
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
