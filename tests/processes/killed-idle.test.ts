import { expect, test } from 'vitest';
import { booksAddUp } from './books.ts';
import { picksUp, shows, welcomes } from './citizen.ts';
import { until } from './events.ts';
import { startProduct, temporaryFolder } from './product.ts';

test('each of the three is killed while nobody is served, is started again, and the next citizen gets their card', async () => {
  using folder = temporaryFolder();
  await using product = await startProduct(folder.path, ['--no-scanner']);
  await welcomes(product);

  const gone = until(product.screen, 'the screen to go', (state) => state === null);
  await product.killed('kiosk');
  await gone;
  await picksUp(product, 'FIRST-01');

  const closed = shows(
    product,
    'that no card is promised',
    ({ screen }) => screen.at === 'welcome' && screen.service.mode === 'closed',
  );
  await product.killed('central');
  expect((await closed).screen).toMatchObject({ service: { reason: 'central/unreachable' } });
  await picksUp(product, 'FIRST-02');

  await product.killed('cabinet');
  await picksUp(product, 'FIRST-03');

  expect(await product.interrupt()).toBe(0);
  const books = booksAddUp(folder.path);
  expect(books.stock).toMatchObject({ hopper: 47, issued: 3 });
  expect(books.stock['in-doubt'] ?? 0, 'a kill at rest needs nobody').toBe(0);
  expect(books.of('kiosk.started').map(({ data }) => data.cleanStop)).toEqual([false, false]);
  const numbers = books.of('visit.ended').map(({ visitNo }) => visitNo);
  expect(new Set(numbers).size, 'no visit number twice').toBe(3);
}, 120_000);
