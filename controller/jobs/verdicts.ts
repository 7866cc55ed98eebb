import type { CardPlace, FenceFindings } from '#drivers/card-printer/card-printer.ts';
import type { Ending, Phase } from './facts.ts';

/**
 * What is known of the card's way since the last entry of its attempt.
 * `undisturbed`: no power edge, no reset of ours, no other start of the board, and no card was seen: nothing but a hand can have moved one.
 * `seen-inside`: its card was seen inside after the entry, so "nothing there" does not mean that a hand took it.
 * `disturbed`: the printer may have moved a card by itself, or what stood in the slot may be anybody's.
 */
export const ways = ['undisturbed', 'seen-inside', 'disturbed'] as const;
export type Way = (typeof ways)[number];

/** Whether the printer has fed a card since the intent. A change proves use; no change alone proves nothing (rule 13). */
export type Fed = 'yes' | 'no' | 'unknown';

/** What can be known after a crash, all of it read afresh. */
export interface Findings {
  phase: Phase;
  /** By the printer's own sensors, after the reset, between two reads that cannot be mistaken. */
  place: CardPlace;
  /** Shutter closed and exit empty, by fresh sensors. */
  exitSafe: boolean;
  fed: Fed;
  /** As the fence left it: `wayAfter` what was found before the reset. */
  way: Way;
}

/** What is done, and what is booked once it is done: one verdict on the right, one on the blank. */
export interface Verdict {
  move: 'nothing' | 'to-the-box' | 'pull-in-and-to-the-box';
  ending: Omit<Ending, 'reason'>;
}

/** One line of the table: what it wants of the findings, the verdict, and by which rule of the promises. */
export interface Row extends Verdict {
  when: { [K in keyof Findings]?: readonly Findings[K][] };
  rule: string;
  because: string;
}

/** The journal's knowledge and what the fence saw before its reset, put together. Nothing makes a way undisturbed again. */
export function wayAfter(way: Way, { power, placeBefore }: FenceFindings): Way {
  if (way === 'disturbed' || placeBefore === 'at-exit' || placeBefore === 'unknown') return 'disturbed';
  if (placeBefore === 'inside') return way === 'seen-inside' || power === 'kept' ? 'seen-inside' : 'disturbed';
  return way === 'undisturbed' && power === 'kept' ? 'undisturbed' : 'disturbed';
}

const inDoubt = (evidence: string, place: Ending['place'] = 'unknown'): Verdict['ending'] => ({
  outcome: 'in-doubt',
  place,
  blanko: 'in-doubt',
  evidence,
});
const inked: readonly Phase[] = ['inking', 'printed'];

/** Read from the top: the first row that fits is the verdict. The last one of each phase fits all that is left. */
export const rows: readonly Row[] = [
  {
    when: { phase: ['intended'], place: ['inside'] },
    move: 'to-the-box',
    ending: {
      outcome: 'unused',
      place: 'box',
      blanko: 'spoiled',
      kind: 'blank',
      evidence: 'found inside at the start, without ink, and moved to the box',
    },
    rule: '2, 5',
    because: 'no ink was ever announced, so the right is unspent; a blank of an earlier life is not printed on',
  },
  {
    when: { phase: ['intended'], place: ['none'], exitSafe: [true], fed: ['no'], way: ['undisturbed'] },
    move: 'nothing',
    ending: {
      outcome: 'unused',
      place: 'hopper-never-left',
      blanko: 'hopper',
      evidence:
        'nothing fed by the counter, transport empty before and after the reset, power kept, exit empty and shut',
    },
    rule: '2, 13',
    because:
      'the printer kept its power and held no card before the reset, the way out was shut, and the counter agrees',
  },
  {
    when: { phase: ['intended'] },
    move: 'nothing',
    ending: { outcome: 'unused', place: 'unknown', blanko: 'in-doubt', evidence: 'found at the start: blank not seen' },
    rule: '2, 13',
    because: 'the right is unspent wherever the blank is; where the blank is, an unmoved counter alone does not prove',
  },
  {
    when: { phase: inked, place: ['inside'], exitSafe: [true] },
    move: 'to-the-box',
    ending: { ...inDoubt('found inside after a restart and moved to the box', 'box'), kind: 'partial' },
    rule: '1, 6',
    because: 'while the program was down nobody watched cover and door: two people look at the body',
  },
  {
    when: { phase: inked, place: ['inside'] },
    move: 'nothing',
    ending: inDoubt('seen inside at the start, shutter or exit not proved safe', 'printer'),
    rule: '1, 9',
    because: 'it is not moved while the way out is not proved shut',
  },
  {
    when: { phase: inked },
    move: 'nothing',
    ending: inDoubt('found at the start: the inked card is not seen inside'),
    rule: '1, 2',
    because: 'ink and nothing inside: absence is evidence of nothing except that the card may have left',
  },
  {
    when: { phase: ['presenting'], place: ['at-exit'] },
    move: 'pull-in-and-to-the-box',
    ending: { ...inDoubt('stood in the slot at the start, pulled in and moved to the box', 'box'), kind: 'partial' },
    rule: '2, 3',
    because: 'the citizen may have taken the card and another been pushed in while nobody watched the slot',
  },
  {
    when: { phase: ['presenting'], place: ['inside'], exitSafe: [true], way: ['seen-inside'] },
    move: 'to-the-box',
    ending: {
      outcome: 'retained',
      place: 'box',
      blanko: 'retained',
      kind: 'complete',
      evidence: 'found inside at the start and moved to the box',
    },
    rule: '3',
    because: 'it never reached the slot, or was pulled in again and seen: it is held for its owner',
  },
  {
    when: { phase: ['presenting'], place: ['inside'] },
    move: 'to-the-box',
    ending: {
      ...inDoubt('inside at the start, and what stood in the slot is not known: in the box', 'box'),
      kind: 'partial',
    },
    rule: '3, 8',
    because:
      'after a power edge of printer or board, or once a card stood in the slot unwatched, what is inside may be another card',
  },
  {
    when: { phase: ['presenting'], place: ['none'], exitSafe: [true], way: ['undisturbed'] },
    move: 'nothing',
    ending: {
      outcome: 'issued',
      place: 'hand',
      blanko: 'issued',
      evidence: 'presented, and nothing there before and after the reset; power kept, exit empty',
    },
    rule: '2',
    because: 'presented, nothing there, and nothing but a hand can have moved it',
  },
  {
    when: { phase: ['presenting'] },
    move: 'nothing',
    ending: inDoubt('presented and not there, but not only a hand can have moved it'),
    rule: '2, 8',
    because:
      'the printer may have dropped it into the box by itself, the disk may be older than that, or the sensors contradict each other',
  },
];

/** The row that decides. Every combination has one: a test walks them all. */
export function rowFor(findings: Findings): Row {
  const row = rows.find(({ when }) =>
    (Object.keys(when) as (keyof Findings)[]).every((key) => (when[key] as readonly unknown[]).includes(findings[key])),
  );
  if (!row) throw new Error(`no verdict on ${JSON.stringify(findings)}`);
  return row;
}

/**
 * The verdict on an attempt that a crash left open: one on the right, one on the blank.
 * No `inking`: the right is unspent, wherever the blank is. `inking` and nothing inside: in doubt.
 * `presenting` and nothing there: issued, if only a hand can have moved it. Absence is never evidence of anything else.
 */
export function verdictOn(findings: Findings): Verdict {
  const { move, ending } = rowFor(findings);
  return { move, ending };
}

export const phases = ['intended', 'inking', 'printed', 'presenting'] as const satisfies readonly Phase[];
export const places = ['none', 'inside', 'at-exit', 'unknown'] as const satisfies readonly CardPlace[];

/** Every combination of findings, once. */
export function allFindings(): Findings[] {
  return phases.flatMap((phase) =>
    places.flatMap((place) =>
      [true, false].flatMap((exitSafe) =>
        (['yes', 'no', 'unknown'] as const).flatMap((fed) => ways.map((way) => ({ phase, place, exitSafe, fed, way }))),
      ),
    ),
  );
}
