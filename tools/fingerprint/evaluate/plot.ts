import type { Evaluated, Sorted } from './evaluate.ts';
import { curveOf, sortedScores } from './rates.ts';
import { percent } from './report.ts';

/** Where on the page, and which values its edges stand for. */
interface Panel {
  left: number;
  top: number;
  width: number;
  height: number;
  x: (value: number) => number;
  y: (value: number) => number;
}

const SIZE = { width: 1000, height: 460 };
const COLOURS = ['#1b6ca8', '#c8553d', '#3a7d44', '#8e5ea2', '#b8860b', '#2a9d8f', '#7a5c61', '#5f6caf'];
/** The lowest rates that are drawn; lower ones lie on the edge. */
const LEAST = { fmr: 1e-4, fnmr: 1e-3 };
const FMR_TICKS = [1e-4, 1e-3, 1e-2, 1e-1, 1];
const FNMR_TICKS = [1e-3, 1e-2, 1e-1, 1];
const HIGHEST_SCORE = 120;
const BIN = 4;

/** One picture of an evaluation: false matches against false non-matches, and how the scores lie. */
export function plotOf({ evaluation, pooled, sets }: Evaluated): string {
  const det = panelAt(70, logarithmic(LEAST.fmr), logarithmic(LEAST.fnmr));
  const histogram = panelAt(
    570,
    (score) => Math.min(1, score / HIGHEST_SCORE),
    (part) => part,
  );
  const shown = sets.length > 1 ? sets : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}"`,
    ` font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="12" fill="#333">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    title(det, `Detection error trade-off: EER ${percent(evaluation.pooled.eer, 2)} %`),
    frame(det, FMR_TICKS, FNMR_TICKS, 'false match rate', 'false non-match rate'),
    `<path d="${line(det, FNMR_TICKS.map(twice))}" fill="none" stroke="#bbb" stroke-dasharray="4 4"/>`,
    ...shown.map((set, i) => curve(det, set, COLOURS[i % COLOURS.length] ?? '', 1)),
    curve(det, pooled, '#111', 2.4),
    ...legend(det, shown),
    title(histogram, `Scores: ${pooled.genuine.length} genuine, ${pooled.impostor.length} impostor`),
    ...scorePanel(histogram, pooled),
    '</svg>\n',
  ].join('\n');
}

function panelAt(left: number, across: (value: number) => number, up: (value: number) => number): Panel {
  const [top, width, height] = [50, 380, 350];
  return { left, top, width, height, x: (v) => left + width * across(v), y: (v) => top + height * (1 - up(v)) };
}

/** Where both rates are equal. */
function twice(part: number): [number, number] {
  return [part, part];
}

function logarithmic(least: number): (part: number) => number {
  return (part) => 1 - Math.log10(Math.max(part, least)) / Math.log10(least);
}

function title({ left, top }: Panel, text: string): string {
  return `<text x="${left}" y="${top - 18}" font-size="15" font-weight="600">${text}</text>`;
}

function frame(panel: Panel, xTicks: number[], yTicks: number[], xName: string, yName: string): string {
  const { left, top, width, height, x, y } = panel;
  const name = (tick: number) => (tick <= 1 ? `${Number((100 * tick).toPrecision(3))} %` : String(tick));
  const across = xTicks.map((tick) =>
    mark(x(tick), top, x(tick), top + height, name(tick), x(tick), top + height + 18, 'middle'),
  );
  const up = yTicks.map((tick) => mark(left, y(tick), left + width, y(tick), name(tick), left - 6, y(tick) + 4, 'end'));
  const names = [
    `<text x="${left + width / 2}" y="${top + height + 40}" text-anchor="middle">${xName}</text>`,
    `<text x="${left - 52}" y="${top + height / 2}" text-anchor="middle" transform="rotate(-90 ${left - 52} ${top + height / 2})">${yName}</text>`,
  ];
  return [...across, ...up, ...names].join('\n');
}

function mark(x1: number, y1: number, x2: number, y2: number, text: string, x: number, y: number, anchor: string) {
  const grid = `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="#e4e4e4"/>`;
  return `${grid}<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="#666">${text}</text>`;
}

function curve(panel: Panel, set: Sorted, colour: string, width: number): string {
  const points = curveOf(sortedScores(set.genuine, set.impostor)).map(({ fmr, fnmr }): [number, number] => [fmr, fnmr]);
  return `<path d="${line(panel, points)}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"/>`;
}

/** Of points that fall together on the page, one is drawn; of rates that nobody could count, none. */
function line({ x, y }: Panel, points: readonly (readonly [number, number])[]): string {
  const known = points.filter(([across, up]) => !Number.isNaN(across + up));
  const places = known.map(([across, up]) => `${round(x(across))} ${round(y(up))}`);
  return places.length === 0 ? '' : `M${places.filter((place, i) => place !== places[i - 1]).join('L')}`;
}

/** Bottom left, where no good curve goes. */
function legend({ left, top, height }: Panel, sets: readonly Sorted[]): string[] {
  if (sets.length === 0) return [];
  const entries = [
    ...sets.map(({ name }, i) => ({ name, colour: COLOURS[i % COLOURS.length] })),
    { name: 'pooled', colour: '#111' },
  ];
  return entries.map(({ name, colour }, i) => {
    const y = top + height - 10 - (entries.length - 1 - i) * 17;
    const swatch = `<path d="M${left + 10} ${y - 4}h16" stroke="${colour}" stroke-width="3"/>`;
    return `${swatch}<text x="${left + 32}" y="${y}">${escaped(name)}</text>`;
  });
}

function scorePanel(panel: Panel, pooled: Sorted): string[] {
  const [genuine, impostor] = [partsOf(pooled.genuine), partsOf(pooled.impostor)];
  const most = Math.ceil(5 * Math.max(...genuine, ...impostor)) / 5; // so that the marks are at whole parts
  const scale = { ...panel, y: (part: number) => panel.y(part / most) };
  const ticks = Array.from({ length: 5 }, (_, i) => (i * most) / 4);
  const { top, height, x } = panel;
  return [
    frame(scale, [], ticks, 'score', 'part of the comparisons'),
    ...[0, 20, 40, 60, 80, 100, 120].map((score) =>
      mark(
        x(score),
        top,
        x(score),
        top + height,
        `${score}${score === HIGHEST_SCORE ? '+' : ''}`,
        x(score),
        top + height + 18,
        'middle',
      ),
    ),
    steps(scale, impostor, '#c8553d'),
    steps(scale, genuine, '#1b6ca8'),
    `<path d="M${x(40)} ${top}v${height}" stroke="#111" stroke-dasharray="5 4"/><text x="${x(40) + 6}" y="${top + 14}">threshold 40</text>`,
    `<text x="${x(96)}" y="${top + 40}" fill="#1b6ca8">genuine</text><text x="${x(96)}" y="${top + 58}" fill="#c8553d">impostor</text>`,
  ];
}

/** The part of the scores in each bin; the last one holds all that are higher. */
function partsOf(scores: readonly number[]): number[] {
  const bins = Array<number>(HIGHEST_SCORE / BIN).fill(0);
  for (const score of scores) {
    const bin = Math.min(bins.length - 1, Math.floor(score / BIN));
    bins[bin] = (bins[bin] ?? 0) + 1 / scores.length;
  }
  return bins;
}

function steps({ x, y }: Panel, parts: readonly number[], colour: string): string {
  const tops = parts.map(
    (part, i) => `L${round(x(i * BIN))} ${round(y(part))}L${round(x((i + 1) * BIN))} ${round(y(part))}`,
  );
  const path = `M${round(x(0))} ${round(y(0))}${tops.join('')}L${round(x(HIGHEST_SCORE))} ${round(y(0))}Z`;
  return `<path d="${path}" fill="${colour}" fill-opacity="0.28" stroke="${colour}" stroke-width="1.4"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
