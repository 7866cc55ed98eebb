import { allFindings, places, type Row, rowFor, rows, wayAfter, ways } from '#controller/jobs/verdicts.ts';
import { madeBy, page, table } from './tables.ts';

/** What a start makes of what it finds: the rows by which the kiosk decides, in words. */
export function recoveryPage(): string {
  const all = allFindings();
  const counts = new Map(rows.map((row) => [row, all.filter((findings) => rowFor(findings) === row).length]));
  return page(
    madeBy('controller/jobs/verdicts.ts'),
    '# What a start makes of what it finds',
    'A crash left a card open. The kiosk reads its journal, the printer and the sensors, and takes the first row that fits.' +
      ` Together the rows cover all ${all.length} combinations, and a test walks every one.` +
      ' A cell with a dash does not matter in that row, or is whatever the rows above have left.',
    table(
      ['', 'last entry', 'card, by the printer', 'exit empty, shutter shut', 'counter moved', 'way', 'of'],
      rows.map((row, index) => [String(index + 1), ...wanted(row), String(counts.get(row))]),
    ),
    table(
      ['', 'what is done', 'the right', 'the blank', 'rule', 'because'],
      rows.map((row, index) => [String(index + 1), ...decided(row)]),
    ),
    '## What is known of the way',
    'Before a reset, which can make a printer move a card by itself, the kiosk reads whether the printer kept its power and' +
      ' where it sees a card. What that says about absence is written down before the reset, so that a second crash does not lose it:',
    'Where the board has started anew since `print.presenting`, its disk may be older than what was done with the card: the' +
      ' power counts as unknown then.',
    table(
      ['power', 'card before the reset', ...ways.map((way) => `it was *${inWords[way]}*`)],
      (['kept', 'lost', 'unknown'] as const).flatMap((power) =>
        places.map((placeBefore) => [
          power,
          inWords[placeBefore],
          ...ways.map((way) => inWords[wayAfter(way, { power, placeBefore })]),
        ]),
      ),
    ),
    'Each attempt begins *undisturbed*. A presenting makes it so once more: what counts is what happened since. A card that was' +
      ' not taken and is seen inside again behind a closed shutter is *seen inside*.',
  );
}

const inWords = {
  none: 'none',
  inside: 'inside',
  'at-exit': 'in the slot',
  unknown: 'not known',
  undisturbed: 'undisturbed',
  'seen-inside': 'seen inside',
  disturbed: 'disturbed',
} as const;

function wanted({ when }: Row): string[] {
  const { phase, place, exitSafe, fed, way } = when;
  const some = (values: readonly string[] | undefined) => values?.join(' or ') ?? '–';
  return [
    some(phase?.map((name) => `\`print.${name}\``)),
    some(place?.map((name) => inWords[name])),
    some(exitSafe?.map((is) => (is ? 'yes' : 'no'))),
    some(fed),
    some(way?.map((name) => inWords[name])),
  ];
}

const moves: Record<Row['move'], string> = {
  nothing: 'nothing is moved',
  'to-the-box': 'moved to the box',
  'pull-in-and-to-the-box': 'pulled in, moved to the box; not seen inside then: nothing is moved',
};
const rights: Record<Row['ending']['outcome'], string> = {
  unused: 'unspent',
  issued: '**issued**',
  retained: 'held',
  'in-doubt': 'in doubt: two people',
  spoiled: 'unspent, its body is in the box',
};

function decided({ move, ending, rule, because }: Row): string[] {
  const { outcome, blanko, kind } = ending;
  return [moves[move], rights[outcome], kind ? `${blanko}, ${kind}` : blanko, rule, because];
}
