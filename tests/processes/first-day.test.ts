import { expect, test } from 'vitest';
import { systemBoardBoot } from '#kit/board-boot.ts';
import { booksAddUp } from './books.ts';
import { act, citizen, picksUp, shows, tap, welcomes } from './citizen.ts';
import { until } from './events.ts';
import { byNpm, startProduct, temporaryFolder } from './product.ts';

test('npm start opens an office, a kiosk and a cabinet; Ctrl-C ends them, and the next start goes on from there', async () => {
  using folder = temporaryFolder();
  const state = folder.path;
  await using first = await startProduct(state, [], byNpm);
  expect(first.firstPassword, 'the console is nobody’s without a password').toMatch(/^\S{12,}$/);
  expect((await fetch(first.console)).status).toBe(200);

  const { screen } = await welcomes(first);
  expect(screen).toMatchObject({ service: { cardsLeftToday: 50, officerPresent: true } });
  const { feeder } = (await until(first.world, 'the feeder', (view) => view !== null)) ?? {};
  expect(feeder?.cards, 'the hopper was loaded in the world too').toBe(50);
  const { visitNo } = await picksUp(first, 'FIRST-01');

  expect(await first.interrupt()).toBe(0);
  const evening = booksAddUp(state);
  expect(evening.of('blanko.moved')[0]).toMatchObject({
    data: { from: 'kecamatan-safe', to: 'hopper', count: 50, evidence: 'BA-0001', by: ['OP-DEWI'] },
  });
  expect(evening.stock).toMatchObject({ hopper: 49, issued: 1 });
  const board = systemBoardBoot();
  expect(evening.boards, 'its card, and its stop in order').toEqual([board, board]);

  await using second = await startProduct(state);
  expect(second.firstPassword, 'a password is shown once').toBeNull();
  await welcomes(second);
  const next = await picksUp(second, 'FIRST-02');
  expect(runningNumber(next.visitNo)).toBe(runningNumber(visitNo) + 1);
  await second.interrupt();
  const { of, stock } = booksAddUp(state);
  expect(of('kiosk.started').map(({ data }) => data.cleanStop)).toEqual([false, true]);
  expect(stock).toMatchObject({ hopper: 48, issued: 2 });
  expect(of('duty.opened')).toHaveLength(1);
}, 120_000);

test('a person of the cabinet page holds up their code, and the kiosk knows who comes', async () => {
  using folder = temporaryFolder();
  await using product = await startProduct(folder.path);
  await welcomes(product);
  const about = (await (await fetch(new URL('/about', product.cabinet))).json()) as {
    kioskUrl: string;
    citizens: { name: string; number: string; qr: string; pin: string }[];
  };
  expect(about.kioskUrl).toBe(product.kiosk);
  const siti = about.citizens.find(({ name }) => name === citizen('FIRST-01').name);
  expect(siti?.number).toBe(citizen('FIRST-01').pickupCode.replace(/(...)(...)(....)/, '$1 $2 $3'));
  await tap(product, { tap: 'start' });
  await shows(product, 'the choice', ({ screen }) => screen.at === 'how');
  await tap(product, { tap: 'choose', how: 'qr' });
  await act(product, 'holdBeforeCamera', { text: siti?.qr, as: 'phone' });
  await shows(product, 'the PIN', ({ screen }) => screen.at === 'pin');
  const stale = product.screen.value?.rev ?? 0;
  expect(await tap(product, { tap: 'pin', digits: '00000' }, stale - 1), 'a finger that saw another screen').toBe(409);
}, 120_000);

test('a starter that is killed leaves nobody behind who would hold its ports', async () => {
  using folder = temporaryFolder();
  await using first = await startProduct(folder.path);
  await welcomes(first);
  const { kiosk, console: staff, cabinet } = first;
  await first.starterKilled();
  const ports = { kiosk, console: staff, cabinet };
  const same = Object.entries(ports).flatMap(([name, url]) => [`--${name}-port`, new URL(url).port]);
  await using second = await startProduct(folder.path, same);
  expect(second).toMatchObject(ports);
  await welcomes(second);
}, 120_000);

const runningNumber = (visitNo: string) => Number(visitNo.split('-')[1]);
