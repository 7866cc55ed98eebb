import { expect, test } from 'vitest';
import { booksAddUp } from './books.ts';
import { picksUp, walksTo, welcomes } from './citizen.ts';
import { startProduct, temporaryFolder } from './product.ts';

const started = (path: string) => startProduct(path, ['--no-scanner', '--pacing', 'fast']);

test('Ctrl-C while a card stands in the slot: it goes to the box for two people to look at, and is handed to nobody else', async () => {
  using folder = temporaryFolder();
  await using first = await started(folder.path);
  await welcomes(first);
  await walksTo(first, 'FIRST-01', ({ at }) => at === 'take-card');
  expect(await first.interrupt()).toBe(0);
  await using second = await started(folder.path);
  await picksUp(second, 'FIRST-02');
  await second.interrupt();
  const books = booksAddUp(folder.path);
  expect(books.of('print.outcome').map(({ data }) => data.outcome)).toEqual(['in-doubt', 'issued']);
  expect(books.cardsAt('box')).toBe(1);
}, 120_000);
