import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Imaging, loadImaging } from '#controller/card-face/imaging.ts';
import type { CaptureHint, KioskQuality } from '#drivers/fingerprint/fingerprint-scanner.ts';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { type Extraction, extraction } from '#drivers/fingerprint/matching/extract.ts';
import { emptyBits, emptyPlane } from '#drivers/fingerprint/matching/grid.ts';
import { hintFor, inkOf, qualityOf } from '#drivers/fingerprint/matching/quality.ts';
import { InputError, wordsOf } from '../faults.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { captions } from './captions.ts';
import type { Drawing } from './drawings.ts';
import { pictureOf, sheetOf, type Tile } from './sheet.ts';
import { drawStage, type Ground } from './stage-drawings.ts';

/** What `--json` prints. */
export interface Explanation {
  image: string;
  widthPx: number;
  heightPx: number;
  dpi: number;
  minutiae: number;
  endings: number;
  quality: KioskQuality;
  hint: CaptureHint | null;
  /** In the order of the stages. */
  files: string[];
  /** All of them on one sheet, and the four that tell most. */
  overview: string;
  summary: string;
}

const TELLING = ['scaled-image', 'smoothed-orientation', 'ridges-removed-fragments', 'shuffled-minutiae'];

interface Shown {
  name: string;
  caption: string;
  drawing: Drawing;
}

/** Extracts a picture, and writes what every stage of that looks like. */
export async function explain(image: string, dpi: number, out: string): Promise<Explanation> {
  await mkdir(out, { recursive: true }).catch((fault: unknown) => {
    throw new InputError(`${out}: ${wordsOf(fault)}`);
  });
  const sharp = await loadImaging({ workFolder: join(tmpdir(), 'anjungan-fingerprint-fonts') });
  const picture = await readPicture(image, dpi);
  const { shown, extracted } = watched(picture);
  const about = { image, ...judged(picture, extracted) };
  const { files, tiles } = await writeStages(sharp, shown, out);
  const title = summaryOf(about);
  const [overview, summary] = [join(out, 'overview.png'), join(out, 'summary.png')];
  await writeFile(overview, await sheetOf(sharp, tiles, `${basename(image)}: ${title}`));
  const telling = tiles.filter((_, i) => TELLING.includes(shown[i]?.name ?? ''));
  await writeFile(summary, await sheetOf(sharp, telling, title));
  return { ...about, files, overview, summary };
}

function judged({ widthPx, heightPx, dpi }: GreyImage, extracted: Extraction) {
  const { minutiae } = extracted.template;
  const endings = minutiae.filter(({ type }) => type === 'ending').length;
  const quality = qualityOf(extracted);
  const hint = hintFor(quality, inkOf(extracted));
  return { widthPx, heightPx, dpi, minutiae: minutiae.length, endings, quality, hint };
}

async function writeStages(sharp: Imaging, shown: readonly Shown[], out: string) {
  const [files, tiles]: [string[], Tile[]] = [[], []];
  for (const [i, { name, caption, drawing }] of shown.entries()) {
    const png = await pictureOf(sharp, drawing);
    const file = join(out, `${String(i + 1).padStart(2, '0')}-${name}.png`);
    await writeFile(file, png);
    files.push(file);
    tiles.push({ png, name: `${i + 1} ${name}`, caption });
  }
  return { files, tiles };
}

function watched(picture: GreyImage) {
  const shown: Shown[] = [];
  const ground: Ground = { finger: emptyPlane(1, 1), good: emptyBits(1, 1) };
  const extracted = extraction(picture, (stage) => {
    if (stage.name === 'scaled-image') ground.finger = stage.value;
    if (stage.name === 'filtered-mask') ground.good = stage.value;
    const name = 'of' in stage ? `${stage.of}-${stage.name}` : stage.name;
    shown.push({ name, caption: captions[stage.name], drawing: drawStage(stage, ground) });
  });
  return { shown, extracted };
}

function summaryOf({
  minutiae,
  endings,
  quality,
  hint,
  dpi,
}: Omit<Explanation, 'files' | 'overview' | 'summary'>): string {
  const kinds = `${endings} endings, ${minutiae - endings} bifurcations`;
  return `${minutiae} minutiae (${kinds}), quality ${quality.score} of 100${hint ? `, hint: ${hint}` : ''}, at ${dpi} dpi`;
}

export function explanationText(explanation: Explanation): string {
  const { image, widthPx, heightPx, quality, overview, files } = explanation;
  const parts = [
    `foreground ${quality.foreground.toFixed(2)}`,
    `contrast ${quality.contrast.toFixed(2)}`,
    `coverage of the middle ${quality.coverage.toFixed(2)}`,
  ];
  return [
    `${image}, ${widthPx} x ${heightPx} pixels`,
    summaryOf(explanation),
    parts.join(', '),
    `${files.length} stages, all of them together in ${overview}`,
  ].join('\n');
}
