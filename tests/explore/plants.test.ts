import { beforeAll, describe, expect, test } from 'vitest';
import { plants } from './plant-rows.ts';
import { lostTexts, recordedSeeds, seenAgain, withEachPlant } from './plants.ts';

test.each(plants)('the text that is changed stands once in the product: $name', (plant) => {
  expect(lostTexts(plant)).toEqual([]);
});

/** Two messages that a broken product lets race may come either way: a world that stays silent is told again, so often at most. */
const tellings = 5;

describe('the world that shows a broken rule', () => {
  const seen = new Map<string, string[]>();

  beforeAll(async () => {
    const seeds = recordedSeeds();
    const look = async ({ name }: { name: string }, folder: string) => {
      const seed = seeds.get(name);
      let broken: string[] = [];
      for (let told = 0; seed !== undefined && broken.length === 0 && told < tellings; told += 1)
        broken = await seenAgain(seed, folder);
      return broken;
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
