import { conditions } from '#cabinet/fingers/conditions.ts';
import { impressionOf } from '#cabinet/fingers/impression.ts';
import { fingerOf } from '#cabinet/fingers/master.ts';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { extract } from '#drivers/fingerprint/matching/extract.ts';
import { Matcher } from '#drivers/fingerprint/matching/matcher.ts';
import { indexProbe } from '#drivers/fingerprint/matching/probe-index.ts';
import type { Template } from '#drivers/fingerprint/matching/template.ts';
import type { Clock } from '#kit/clock.ts';
import type { Figure, Ground } from './figure.ts';
import { median } from './stats.ts';

const rounds = 8;
const fingers = ['1', '2', '3'];
const touches = ['1', '2', '3', '4'];
/** Enough comparisons at a time for a clock to see them. */
const repeats = 20;

/** What one verification costs on one core: the picture to its minutiae, those made ready, and compared with a reference. */
export const fingerprint: Figure = {
  title: 'finger: picture to minutiae, index of a probe, comparisons a second, on one core',
  async measure(ground) {
    const times = measured(ground);
    const runs = times.extraction.length;
    const [extraction, index, match] = [median(times.extraction), median(times.index), median(times.match)];
    const perSecond = 1_000 / match;
    return {
      measures: [
        { aim: 'finger-extraction', what: 'picture of 388 x 374 to its minutiae', value: extraction, unit: 'ms', runs },
        { aim: 'finger-index', what: 'index of a probe', value: index, unit: 'ms', runs },
        { aim: 'finger-matches', what: 'comparisons with a reference', value: perSecond, unit: '/s', runs },
      ],
      details: [
        {
          title: 'medians over synthetic impressions',
          columns: ['what', 'value'],
          rows: [
            ['impressions', fingers.length * touches.length],
            ['minutiae of an impression', median(times.minutiae)],
            ['slowest extraction (ms)', Math.max(...times.extraction)],
          ],
        },
      ],
      notes: [
        'A comparison that finds little is quicker, and so is one of few minutiae: of these, a third is of the same finger.',
      ],
    };
  },
};

function measured({ clock, progress }: Ground) {
  progress('fingerprint: growing three fingers');
  const images = fingers.flatMap((seed) => {
    const master = fingerOf(seed);
    return touches.map((touch) => impressionOf(master, `${seed}/${touch}`, conditions.everyday));
  });
  const times = { extraction: [] as number[], index: [] as number[], match: [] as number[], minutiae: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    if (round % 4 === 0) progress(`fingerprint: round ${round} of ${rounds}`);
    const { templates, extractMs } = extractAll(images, clock);
    const { indexMs, matchMs } = compareAll(templates, clock);
    if (round === 0) continue; // the first round warms
    times.extraction.push(...extractMs);
    times.index.push(...indexMs);
    times.match.push(...matchMs);
    times.minutiae.push(...templates.map(({ minutiae }) => minutiae.length));
  }
  return times;
}

function extractAll(images: readonly GreyImage[], clock: Clock) {
  const extractMs: number[] = [];
  const templates = images.map((image) => {
    const startMs = clock.monotonicMs();
    const template = extract(image);
    extractMs.push(clock.monotonicMs() - startMs);
    return template;
  });
  return { templates, extractMs };
}

/** Every impression against every one, so many times over. */
function compareAll(templates: readonly Template[], clock: Clock) {
  const matcher = new Matcher();
  const [indexMs, matchMs]: [number[], number[]] = [[], []];
  for (const template of templates) {
    const startMs = clock.monotonicMs();
    const probe = indexProbe(template);
    const indexedMs = clock.monotonicMs();
    for (let i = 0; i < repeats; i += 1) for (const candidate of templates) matcher.scoreOf(probe, candidate);
    indexMs.push(indexedMs - startMs);
    matchMs.push((clock.monotonicMs() - indexedMs) / (repeats * templates.length));
  }
  return { indexMs, matchMs };
}
