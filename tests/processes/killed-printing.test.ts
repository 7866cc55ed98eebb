import { expect, test } from 'vitest';
import type { Screen } from '#contract/screen/screen-state.ts';
import { type Books, booksAddUp } from './books.ts';
import { goesHome, picksUp, walksTo, welcomes } from './citizen.ts';
import { type Product, startProduct, temporaryFolder } from './product.ts';

/** The head is over the card: some of the colours are on it, some are not. */
const inking = (screen: Screen) => screen.at === 'printing' && screen.phase === 'printing' && screen.fraction > 0.3;
const started = (path: string) => startProduct(path, ['--no-scanner', '--pacing', 'fast']);

const outcomes = ({ of }: Books) => of('print.outcome').map(({ data }) => data.outcome);

async function comesToTheInk(product: Product, code: string): Promise<void> {
  await welcomes(product);
  await walksTo(product, code, inking);
}

test('each of the three is killed in the middle of a card: no card is lost, none comes twice, and everybody is answered', async () => {
  using folder = temporaryFolder();
  await using product = await started(folder.path);

  await comesToTheInk(product, 'FIRST-01');
  await product.killed('kiosk'); // its card goes to the box; nobody knows who stood at the door meanwhile
  await welcomes(product);
  const { screen: hers } = await walksTo(product, 'FIRST-01', ({ at }) => at === 'trouble');
  expect(hers).toMatchObject({ effect: { code: 'right/in-doubt', next: 'officer' } });
  await goesHome(product);

  await comesToTheInk(product, 'FIRST-02');
  const killed = product.killed('central'); // the card comes out all the same, and is reported later
  await walksTo(product, 'FIRST-02', ({ at }) => at === 'goodbye');
  await killed;
  await goesHome(product);

  await comesToTheInk(product, 'FIRST-03');
  await product.killed('cabinet'); // where that card is nobody can prove: a person must look
  await goesHome(product);
  await picksUp(product, 'FIRST-04');
  const { screen } = await walksTo(product, 'FIRST-03', ({ at }) => at === 'trouble');
  expect(screen).toMatchObject({ effect: { code: 'right/in-doubt', next: 'officer' } });

  await product.interrupt();
  const books = booksAddUp(folder.path);
  expect(outcomes(books)).toEqual(['in-doubt', 'issued', 'in-doubt', 'issued']);
  expect(books.stock).toMatchObject({ hopper: 46, issued: 2, 'in-doubt': 2 });
}, 120_000);
