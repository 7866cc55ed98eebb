import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FenceFindings } from '#drivers/card-printer/card-printer.ts';
import { recoveryPage } from '#tools/generate/recovery.ts';
import {
  allFindings,
  type Findings,
  phases,
  places,
  rowFor,
  rows,
  verdictOn,
  type Way,
  wayAfter,
  ways,
} from './verdicts.ts';

const all = allFindings();
const told = (findings: Findings) => JSON.stringify(findings);
const where = (fits: (findings: Findings) => boolean) => all.filter(fits);

/** Where the blank of this attempt may truly be once the verdict is carried out, whatever the printer does that nobody knows. */
function truePlaces({ phase, place, exitSafe, fed, way }: Findings): string[] {
  if (phase === 'intended') {
    if (place === 'inside') return ['box'];
    const neverMoved = place === 'none' && exitSafe && fed === 'no' && way === 'undisturbed';
    return neverMoved ? ['hopper'] : ['hopper', 'printer', 'box', 'hand'];
  }
  if (phase !== 'presenting') return place === 'inside' && !exitSafe ? ['printer', 'hand'] : ['box', 'printer', 'hand'];
  if (place === 'inside' && exitSafe && way === 'seen-inside') return ['box'];
  if (place === 'none' && exitSafe && way === 'undisturbed') return ['hand'];
  return ['box', 'printer', 'hand'];
}

const accountAllows: Record<string, readonly string[]> = {
  hopper: ['hopper'],
  spoiled: ['box'],
  retained: ['box'],
  issued: ['hand'],
  'in-doubt': ['hopper', 'printer', 'box', 'hand'],
};

describe('the verdict after a crash', () => {
  test('there is one for every combination, each combination is met once, and no row is idle', () => {
    expect(new Set(all.map(told)).size).toBe(4 * 4 * 2 * 3 * 3);
    const used = new Set(all.map(rowFor));
    expect(rows.filter((row) => !used.has(row))).toEqual([]);
  });

  test('absence never gives a right back after ink, and no machine does at all: only an attempt without ink frees it', () => {
    for (const findings of where(({ phase }) => phase !== 'intended'))
      expect(['in-doubt', 'retained', 'issued'], told(findings)).toContain(verdictOn(findings).ending.outcome);
  });

  test('without ink announced the right is unspent, whatever else is found', () => {
    for (const findings of where(({ phase }) => phase === 'intended'))
      expect(verdictOn(findings).ending.outcome, told(findings)).toBe('unused');
  });

  test('issued needs presenting, an empty path, a shut exit, and that only a hand can have moved the card', () => {
    const issued = where((findings) => verdictOn(findings).ending.outcome === 'issued');
    expect(issued).toHaveLength(3); // once for each word of the counter
    for (const one of issued)
      expect(one).toMatchObject({ phase: 'presenting', place: 'none', exitSafe: true, way: 'undisturbed' });
  });

  test('held needs presenting and a body that was seen inside and lies in the box afterwards', () => {
    const held = where((findings) => verdictOn(findings).ending.outcome === 'retained');
    expect(held.length).toBeGreaterThan(0);
    for (const one of held) {
      expect(one).toMatchObject({ phase: 'presenting', place: 'inside', way: 'seen-inside', exitSafe: true });
      expect(verdictOn(one)).toMatchObject({ move: 'to-the-box', ending: { place: 'box' } });
    }
  });

  test('a blank goes back to the hopper in one case only', () => {
    expect(where((findings) => verdictOn(findings).ending.blanko === 'hopper')).toEqual([
      { phase: 'intended', place: 'none', exitSafe: true, fed: 'no', way: 'undisturbed' },
    ]);
  });

  test('a blank is booked as spoiled only where it lies in the box without ink: ink after a restart is for two people', () => {
    for (const findings of where((one) => verdictOn(one).ending.blanko === 'spoiled'))
      expect(findings).toMatchObject({ phase: 'intended', place: 'inside' });
  });

  test('the account of each blank allows every place where it may truly be', () => {
    for (const findings of all) {
      const { blanko } = verdictOn(findings).ending;
      expect(accountAllows[blanko], `${told(findings)} in ${blanko}`).toEqual(
        expect.arrayContaining(truePlaces(findings)),
      );
    }
  });

  test('nothing is presented, and a body is moved only where one is seen', () => {
    for (const findings of all) {
      const { move, ending } = verdictOn(findings);
      if (move === 'to-the-box') expect(findings.place, told(findings)).toBe('inside');
      if (move === 'pull-in-and-to-the-box') expect(findings.place, told(findings)).toBe('at-exit');
      expect(ending.place === 'box', told(findings)).toBe(move !== 'nothing');
      expect(ending.kind !== undefined, told(findings)).toBe(move !== 'nothing');
    }
  });

  test('knowing less never frees more: an unknown in place of a fact gives the same verdict or a doubt', () => {
    const isSure = (findings: Findings) => verdictOn(findings).ending.blanko !== 'in-doubt';
    for (const findings of all) {
      const lesser: Findings[] = [
        { ...findings, place: 'unknown' },
        { ...findings, exitSafe: false },
        { ...findings, fed: 'unknown' },
        { ...findings, way: 'disturbed' },
      ];
      for (const less of lesser.filter(isSure))
        expect(verdictOn(less).ending.blanko, `${told(findings)} -> ${told(less)}`).toBe(
          verdictOn(findings).ending.blanko,
        );
    }
  });

  test('the evidence fits into its entry', () => {
    for (const { ending } of rows) expect(ending.evidence.length).toBeLessThanOrEqual(120);
    expect(phases.length * places.length).toBe(16);
  });
});

describe('what is known of the way', () => {
  const powers = ['kept', 'lost', 'unknown'] as const;
  const everything = ways.flatMap((way) =>
    powers.flatMap((power) => places.map((placeBefore) => ({ way, found: { power, placeBefore } }))),
  );
  const order: Record<Way, number> = { undisturbed: 0, 'seen-inside': 1, disturbed: 2 };

  test.each(everything)('$way, then $found', ({ way, found }: { way: Way; found: FenceFindings }) => {
    const after = wayAfter(way, found);
    expect(order[after], 'nothing makes a way better known again').toBeGreaterThanOrEqual(order[way]);
    if (after === 'undisturbed') expect(found).toEqual({ power: 'kept', placeBefore: 'none' });
    if (after === 'seen-inside') expect(found.placeBefore).toBe('inside');
    if (found.power !== 'kept' && way !== 'seen-inside') expect(after).toBe('disturbed');
  });

  test('from all that is read afresh: nothing is sure after a power edge but what was seen before it', () => {
    for (const { way, found } of everything)
      for (const findings of all.filter((one) => one.way === way)) {
        const { blanko, outcome } = verdictOn({ ...findings, way: wayAfter(way, found) }).ending;
        const said = `${told(findings)} ${JSON.stringify(found)}`;
        const isUntouched = way === 'undisturbed' && found.power === 'kept' && found.placeBefore === 'none';
        if (outcome === 'issued' || blanko === 'hopper') expect(isUntouched, said).toBe(true);
        if (outcome === 'retained') expect(found.placeBefore, said).toBe('inside');
        if (outcome === 'retained' && way === 'undisturbed') expect(found.power, said).toBe('kept');
      }
  });

  test('looking twice is as looking once', () => {
    for (const { way, found } of everything) {
      const once = wayAfter(way, found);
      expect(wayAfter(once, found)).toBe(once);
    }
  });
});

test('docs/recovery/verdicts.md is what `npm run generate` makes of these rows now', () => {
  const root = `${import.meta.dirname}/../..`;
  expect(readFileSync(`${root}/docs/recovery/verdicts.md`, 'utf8')).toBe(recoveryPage());
});
