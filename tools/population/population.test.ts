import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDrop } from '#central/gateway/file-drop/read-drop.ts';
import { issuanceClasses, recordStatuses } from '#central/gateway/gateway.ts';
import { isPickupNumber, readNik } from '#contract/uplink/codes.ts';
import { makePopulation } from './make-population.ts';
import { longestName } from './names.ts';
import { writePopulationDrop } from './population.ts';
import { lookNumber, looksPerSex } from './portrait/look.ts';
import { backgroundOf, drawPortrait, portraitSize } from './portrait/portrait.ts';
import { tornJpeg } from './portrait/torn-jpeg.ts';
import { cities } from './regions.ts';

const today = '2026-11-23';
const city = makePopulation({ count: 1000, seed: 1, city: 'both', today });
const every = (field: keyof (typeof city)[number]['row']) => new Set(city.map(({ row }) => row[field]));

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'population-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('both cities have the kecamatan and as many kelurahan as the sheet says', () => {
  const kelurahan = (name: 'palembang' | 'bengkulu') => cities[name].kecamatan.map((one) => one.kelurahan.length);
  expect(kelurahan('palembang')).toEqual([7, 5, 7, 6, 11, 6, 7, 4, 6, 5, 6, 5, 6, 7, 4, 4, 5, 6]);
  expect(kelurahan('bengkulu')).toEqual([6, 5, 13, 7, 6, 8, 9, 7, 6]);
  for (const { code, kecamatan } of Object.values(cities)) {
    expect(kecamatan.map((one) => one.code)).toEqual(
      kecamatan.map((_, at) => `${code}.${String(at + 1).padStart(2, '0')}`),
    );
  }
});

test('every status, every class and every kecamatan has people', () => {
  expect([...every('status')].sort()).toEqual([...recordStatuses, 'ADJUDICATE_RECORD'].sort());
  expect([...every('class')].sort()).toEqual([...issuanceClasses].sort());
  expect(every('kecamatan_code').size).toBe(27);
  const few = makePopulation({ count: 30, seed: 2, city: 'palembang', today });
  expect(new Set(few.map(({ row }) => row.status)).size).toBe(15);
  expect(new Set(few.map(({ row }) => row.class)).size).toBe(7);
});

test('no NIK can be anybody’s, and none stands twice; nor does a pick-up number', () => {
  for (const { row, pickupCode, pin } of city) {
    expect(readNik(row.nik)).toEqual({ ok: true });
    expect(row.nik.endsWith('0000')).toBe(true);
    expect(isPickupNumber(pickupCode)).toBe(true);
    expect(pin).toMatch(/^[0-9]{5}$/);
  }
  expect(every('nik').size).toBe(1000);
  expect(new Set(city.map(({ pickupCode }) => pickupCode)).size).toBe(1000);
});

test('names are of all kinds: one word, very long, with titles and apostrophes', () => {
  const names = [...every('name')];
  const some = (kind: RegExp) => names.filter((name) => kind.test(name)).length;
  expect(some(/^[A-Z]+$/)).toBeGreaterThan(20);
  expect(some(/'/)).toBeGreaterThan(20);
  expect(some(/\.$|^DR\.|^H\./)).toBeGreaterThan(20);
  expect(some(/.{48,}/)).toBeGreaterThan(2);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(longestName);
});

test('a population belongs to its seed', () => {
  const again = (seed: number) => makePopulation({ count: 20, seed, city: 'both', today });
  expect(again(5)).toEqual(again(5));
  expect(again(5)).not.toEqual(again(6));
});

test('what is written is what central takes: no row is refused', async () => {
  const folder = join(home, 'drop');
  const summary = await writePopulationDrop(folder, { count: 60, seed: 3, city: 'both', today, demo: true });
  const { dataset, rows, records, pickups, refused } = await readDrop(folder);
  expect(refused).toEqual([]);
  expect({ dataset, rows }).toEqual({ dataset: summary.dataset, rows: summary.records });
  expect([records.length, pickups.length]).toEqual([rows, rows]);
  for (const name of await readdir(join(folder, 'photos'))) {
    expect((await stat(join(folder, 'photos', name))).size, name).toBeLessThanOrEqual(20_000);
  }
});

test('the same options write the same bytes', async () => {
  const write = async (name: string) => {
    const folder = join(home, name);
    await writePopulationDrop(folder, { count: 12, seed: 4, city: 'palembang', today });
    const photos = (await readdir(join(folder, 'photos'))).map((photo) => readFile(join(folder, 'photos', photo)));
    return Promise.all([readFile(join(folder, 'records.csv')), readFile(join(folder, 'codes.csv')), ...photos]);
  };
  expect(await write('once')).toEqual(await write('twice'));
});

test('a portrait is 3 to 4, with red behind odd birth years and blue behind even ones', async () => {
  expect([backgroundOf(1969), backgroundOf(2008)]).toEqual(['red', 'blue']);
  const { widthPx, heightPx } = portraitSize;
  expect(widthPx * 4).toBe(heightPx * 3);
  for (const background of ['red', 'blue'] as const) {
    const { data, info } = await sharp(await drawPortrait(lookNumber('LAKI-LAKI', 3), background))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: widthPx, height: heightPx });
    const [red = 0, , blue = 0] = data.subarray(0, 3);
    expect(background === 'red' ? red - blue : blue - red).toBeGreaterThan(90);
  }
});

test('no two faces are alike', async () => {
  const drawn = new Set<string>();
  for (let number = 0; number < looksPerSex; number += 1) {
    for (const sex of ['LAKI-LAKI', 'PEREMPUAN'] as const) drawn.add(JSON.stringify(lookNumber(sex, number)));
  }
  expect(drawn.size).toBe(2 * looksPerSex);
});

test('a torn photo passes the look from outside, and cannot be decoded', async () => {
  const torn = tornJpeg(await drawPortrait(lookNumber('LAKI-LAKI', 8), 'red'));
  expect(await sharp(torn).metadata()).toMatchObject({ format: 'jpeg', width: 399 });
  await expect(sharp(torn).raw().toBuffer()).rejects.toThrow();
});
