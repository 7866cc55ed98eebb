import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { type Keeper, type News, openKeeper } from '#tools/start/keep.ts';

const repo = join(import.meta.dirname, '../..');
let folder: string;
let keeper: Keeper;
let news: News[];
let waits: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anjungan-keeper-'));
  [news, waits] = [[], []];
  const impatient = { ...systemClock, sleep: async (ms: number) => void waits.push(ms) };
  keeper = openKeeper(impatient, (one) => news.push(one));
});
afterEach(async () => {
  await keeper.stop();
  rmSync(folder, { recursive: true });
});

/** A program that says that it is ready and ends with this code, life after life; with `lives`, the last one stays. */
function endingWith(code: number, lives: number) {
  const path = join(folder, 'ending.mjs');
  const count = JSON.stringify(join(folder, 'lives'));
  writeFileSync(
    path,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${count}, '.');
     console.log('{"ready":true}');
     if (readFileSync(${count}).length < ${lives}) process.exit(${code});
     process.stdin.resume(); setInterval(() => undefined, 1_000);`,
  );
  return { name: 'kiosk', script: relative(repo, path), args: [] };
}

test('a kiosk whose disk failed is started again however often, more and more rarely', async () => {
  const backs = Promise.withResolvers<void>();
  keeper = openKeeper({ ...systemClock, sleep: async (ms) => void waits.push(ms) }, (one) => {
    news.push(one);
    if (one.what === 'back' && waits.length === 9) backs.resolve();
  });
  keeper.lost.catch(backs.reject);
  const first = keeper.start(endingWith(74, 10));
  keeper.allUp();
  await first;
  await backs.promise;
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
  expect(news.filter(({ what }) => what === 'ended')).toEqual(
    Array(9).fill({ name: 'kiosk', what: 'ended', why: expect.any(String), code: 74 }),
  );
}, 30_000);

test('one that ends for another reason is given up after six lives', async () => {
  const first = keeper.start(endingWith(1, 99));
  keeper.allUp();
  await first;
  await expect(keeper.lost).rejects.toThrow('kiosk ended 6 times in a row');
}, 30_000);
