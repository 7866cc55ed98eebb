import { beforeAll, describe, expect, test } from 'vitest';
import { plants } from './plant-rows.ts';
import { lostTexts, recordedSeeds, seenAgain, withEachPlant } from './plants.ts';

test.each(plants)('the text that is changed stands once in the product: $name', (plant) => {
  expect(lostTexts(plant)).toEqual([]);
});

describe('the world that shows a broken rule', () => {
  const seen = new Map<string, string[]>();

  beforeAll(async () => {
    const seeds = recordedSeeds();
    const look = async ({ name }: { name: string }, folder: string) => {
      const seed = seeds.get(name);
      return seed === undefined ? [] : seenAgain(seed, folder);
    };
    await withEachPlant(plants, look, (broken, { name }) => seen.set(name, broken));
  }, 900_000);

  test.each(plants)('shows it again: $name', ({ name }) => {
    expect(seen.get(name), 'not any more: npm run explore -- --plants looks for another').not.toEqual([]);
  });

  test('is known for at least fifteen rules', () => {
    expect([...seen.values()].filter((broken) => broken.length > 0).length).toBeGreaterThanOrEqual(15);
  });
});
