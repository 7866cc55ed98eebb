import { beforeAll, describe, expect, test } from 'vitest';
import { plants } from './plant-rows.ts';
import { lostTexts, recordedRows, seenAgain, withEachPlant, withoutNumbers } from './plants.ts';

test.each(plants)('the text that is changed stands once in the product: $name', (plant) => {
  expect(lostTexts(plant)).toEqual([]);
});

describe('the world that shows a broken rule', () => {
  const seen = new Map<string, string[]>();
  const rows = recordedRows();

  beforeAll(async () => {
    const look = async ({ name }: { name: string }, folder: string) => {
      const seed = rows.get(name)?.seed;
      return seed === undefined ? [] : seenAgain(seed, folder);
    };
    await withEachPlant(plants, look, (broken, { name }) => seen.set(name, broken));
  }, 900_000);

  test.each(plants)('shows it again, in the words of the table: $name', ({ name, rule }) => {
    const row = rows.get(name);
    expect(row?.rule).toBe(rule);
    const said = seen.get(name)?.map((line) => withoutNumbers(line.replace('BROKEN ', '')));
    expect(said, 'not any more: npm run explore -- --plants looks for another').toContain(
      withoutNumbers(row?.says ?? ''),
    );
  });

  test('is known for at least fifteen rules', () => {
    expect([...seen.values()].filter((broken) => broken.length > 0).length).toBeGreaterThanOrEqual(15);
  });
});
