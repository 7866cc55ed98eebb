import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'population-cli-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function population(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (fault, out, err) =>
      resolve({ code: Number(fault?.code ?? 0), out, err }),
    );
  });
}

test('one command writes a drop and says what it wrote', async () => {
  const folder = join(home, 'drop');
  const { code, out } = await population(
    '--out',
    folder,
    '--count',
    '20',
    '--seed',
    '9',
    '--city',
    'bengkulu',
    '--today',
    '2026-11-23',
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    folder,
    records: 20,
    dataset: { name: 'synthetic-bengkulu', cutOff: '2026-11-23' },
  });
  const names = ['codes.csv', 'dataset.json', 'fingers', 'photos', 'records.csv', 'signatures'];
  expect((await readdir(folder)).sort()).toEqual(names);
  expect(await readdir(join(folder, 'fingers'))).toEqual([]);
});

test('two index fingers are drawn for everybody who has any, where they are asked for', async () => {
  const folder = join(home, 'fingers');
  const { code, out } = await population('--out', folder, '--count', '2', '--seed', '4', '--fingers', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ records: 2, withFingers: 1 });
  const names = await readdir(join(folder, 'fingers'));
  expect(names.sort()).toEqual([expect.stringMatching(/0000-2\.fmr$/), expect.stringMatching(/0000-7\.fmr$/)]);
});

test('help explains every option', async () => {
  const { code, out } = await population('--help');
  expect(code).toBe(0);
  for (const option of ['--out', '--count', '--seed', '--city', '--demo', '--fingers', '--today', '--json'])
    expect(out).toContain(option);
});

test.each([
  [[], '--out DIR is needed'],
  [['--out', 'x', '--count', '0'], '--count must be'],
  [['--out', 'x', '--city', 'medan'], '--city must be'],
  [['--out', 'x', '--today', '2026-02-30'], '--today must be'],
  [['--out', 'x', '--colour'], "Unknown option '--colour'"],
])('wrong arguments are told in one line: %j', async (args, words) => {
  const { code, err } = await population(...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('a folder that cannot be written is told in one line', async () => {
  const file = join(home, 'a-file');
  await writeFile(file, '');
  const { code, err } = await population('--out', join(file, 'drop'), '--count', '1');
  expect(code).toBe(1);
  expect(err).toMatch(/^population: cannot write to .*\n$/);
});
