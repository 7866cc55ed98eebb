import type { ProblemCode } from '#contract/problems/codes.ts';
import type { FingerPosition } from '#contract/screen/screen-state.ts';
import type { Judge } from '#drivers/fingerprint/capture.ts';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import { readRecord } from '#drivers/fingerprint/matching/iso-read.ts';
import { scoreOf } from '#drivers/fingerprint/matching/matcher.ts';
import { indexProbe } from '#drivers/fingerprint/matching/probe-index.ts';
import { assess } from '#drivers/fingerprint/matching/quality.ts';
import type { Template } from '#drivers/fingerprint/matching/template.ts';

/** What came with the right to compare a finger with. In memory only, until `erase`. */
export interface FingerReferences {
  /** Right index first, then left index: those that people find first. */
  readonly fingers: readonly FingerPosition[];
  /** Compares this picture with every view of one finger. Erases what it took from the picture, not the picture. */
  compare(image: GreyImage, finger: FingerPosition): FingerComparison;
  /** Overwrites every reference with zeros, and what was taken from a picture and not compared; afterwards no finger is left. */
  erase(): void;
}

/** The score is for the log: it is shown to nobody, and says nothing of a person. */
export interface FingerComparison {
  matched: boolean;
  score: number;
}

export type Opened = { ok: true; references: FingerReferences } | { ok: false; code: ProblemCode };

/** Fingers against references: whoever asks knows nothing of minutiae. */
export interface FingerMatching {
  /** From base64 records as they stand in a person's record, each of one or more views. */
  openReferences(records: readonly string[]): Opened;
  /** For scanners: how good a picture is, and what would help. */
  judge: Judge;
}

/** By the author of the algorithm one false match in 10,000 comparisons; `docs/security.md` says what four of them make of it. */
const MATCH_SCORE = 40;
/** Fewer can score a match by chance. */
const FEWEST_MINUTIAE = 10;

/** By the numbers of ISO/IEC 19794-2. */
const positions: readonly FingerPosition[] = [
  'unknown',
  ...(['right-thumb', 'right-index', 'right-middle', 'right-ring', 'right-little'] as const),
  ...(['left-thumb', 'left-index', 'left-middle', 'left-ring', 'left-little'] as const),
];
const askedFirst: readonly FingerPosition[] = ['right-index', 'left-index', 'right-thumb', 'left-thumb'];

export function openFingerMatching(): FingerMatching {
  const taken = new TakenOnce();
  return {
    judge(image) {
      const { template, quality, hint } = assess(image);
      taken.keep(image, template);
      return { quality, hint };
    },
    openReferences(records) {
      if (records.length === 0) return { ok: false, code: 'fingerprint/none-enrolled' };
      const views = new Map<FingerPosition, Template[]>();
      const codes = records.flatMap((record) => readInto(views, record));
      if (views.size === 0) return { ok: false, code: codes[0] ?? 'fingerprint/none-enrolled' };
      return { ok: true, references: new References(views, taken) };
    },
  };
}

/** Adds the views of one record; gives back why it has none. Its bytes are overwritten at once. */
function readInto(views: Map<FingerPosition, Template[]>, record: string): ProblemCode[] {
  const bytes = Buffer.from(record, 'base64');
  const reading = readRecord(bytes, { fewestMinutiae: FEWEST_MINUTIAE });
  bytes.fill(0);
  if (!reading.ok)
    return [reading.why === 'too-few-minutiae' ? 'fingerprint/reference-unusable' : 'fingerprint/record-unreadable'];
  for (const { finger, template } of reading.views) {
    const position = positions[finger] ?? 'unknown';
    views.set(position, [...(views.get(position) ?? []), template]);
  }
  return [];
}

/** What was taken from the newest picture when it was judged, so that it is taken once. The one before it is overwritten. */
class TakenOnce {
  #newest: { image: GreyImage; template: Template } | null = null;

  keep(image: GreyImage, template: Template): void {
    this.erase();
    this.#newest = { image, template };
  }

  /** Theirs to erase who take it. */
  take(image: GreyImage): Template {
    const newest = this.#newest;
    if (newest?.image !== image) return assess(image).template;
    this.#newest = null;
    return newest.template;
  }

  erase(): void {
    if (this.#newest) eraseTemplate(this.#newest.template);
    this.#newest = null;
  }
}

class References implements FingerReferences {
  readonly fingers: readonly FingerPosition[];
  readonly #views: Map<FingerPosition, Template[]>;
  readonly #taken: TakenOnce;

  constructor(views: Map<FingerPosition, Template[]>, taken: TakenOnce) {
    this.fingers = [...views.keys()].sort((a, b) => turnOf(a) - turnOf(b));
    this.#views = views;
    this.#taken = taken;
  }

  compare(image: GreyImage, finger: FingerPosition): FingerComparison {
    const probe = this.#taken.take(image);
    const index = indexProbe(probe);
    const score = Math.max(0, ...(this.#views.get(finger) ?? []).map((candidate) => scoreOf(index, candidate)));
    eraseTemplate(probe);
    return { score, matched: score >= MATCH_SCORE };
  }

  erase(): void {
    for (const template of [...this.#views.values()].flat()) eraseTemplate(template);
    this.#views.clear();
    this.#taken.erase();
  }
}

function turnOf(finger: FingerPosition): number {
  const turn = askedFirst.indexOf(finger);
  return turn < 0 ? askedFirst.length + positions.indexOf(finger) : turn;
}

/** What a language with a garbage collector allows: the numbers are gone, whoever still holds the objects. */
export function eraseTemplate({ minutiae, edges }: Template): void {
  for (const minutia of minutiae) Object.assign(minutia, { x: 0, y: 0, direction: 0, type: 'ending' });
  for (const numbers of Object.values(edges)) numbers.fill(0);
}
