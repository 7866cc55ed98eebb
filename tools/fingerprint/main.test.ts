import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // every one starts real processes on all cores, beside the other tests

let home = '';
let set = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'fingerprint-cli-'));
  set = join(home, 'set');
  await fingerprint('generate', set, '--fingers', '2', '--impressions', '3', '--seed', '5', '--references');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function fingerprint(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd: home }, (fault, out, err) =>
      resolve({ code: Number(fault?.code ?? 0), out, err }),
    );
  });
}

test('a set is made, and made again it is the same to the bit', async () => {
  const again = join(home, 'again');
  const { code, out } = await fingerprint(
    'generate',
    again,
    '--fingers',
    '1',
    '--impressions',
    '1',
    '--seed',
    '5',
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ fingers: 1, impressions: 1, files: 1 });
  expect(readFileSync(join(again, '101_1.png'))).toEqual(readFileSync(join(set, '101_1.png')));
});

describe('evaluate', () => {
  test('compares every pair, and draws the curves', async () => {
    const plot = join(home, 'curves.svg');
    const { code, out, err } = await fingerprint('evaluate', set, '--json', '--plot', plot);
    expect([code, err]).toEqual([0, expect.stringContaining('comparing: 5 of 5')]);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ pictures: 6, pooled: { genuine: 6, impostor: 9 }, plot });
    expect(found.sets).toHaveLength(1);
    expect(found.timesMs.extraction).toBeGreaterThan(0);
    expect(readFileSync(plot, 'utf8')).toMatch(/^<svg[\s\S]*Detection error trade-off/);
  });

  test('compares with the records of another maker instead, and with the middle only', async () => {
    const options = ['--references', join(set, 'references'), '--crop', '256x288', '--levels', '16', '--json'];
    const { out } = await fingerprint('evaluate', set, ...options);
    const found = JSON.parse(out);
    expect(found.settings.view).toEqual({ crop: { widthPx: 256, heightPx: 288 }, levels: 16 });
    expect(found.failures).toMatchObject({ unreadable: [], comparisonsLeftOut: 0 });
  });

  test('gives the same figures every time, however many cores there are', async () => {
    const figures = async () => {
      const { timesMs, matchesPerSecond, ...rest } = JSON.parse((await fingerprint('evaluate', set, '--json')).out);
      return rest;
    };
    expect(await figures()).toEqual(await figures());
  });

  test('of one finger alone, says only what can be said', async () => {
    const alone = join(home, 'alone');
    cpSync(set, alone, { recursive: true, filter: (file) => !file.includes('102_') });
    const { code, out } = await fingerprint('evaluate', alone, '--json');
    expect(code).toBe(0);
    const { pooled, plot } = JSON.parse(out);
    expect(pooled).toMatchObject({ genuine: 3, impostor: 0, eer: null, fmrAt40: null });
    expect(pooled.fnmrAt40).toBeGreaterThanOrEqual(0);
    expect(readFileSync(join(home, plot), 'utf8')).not.toContain('NaN');
  });

  test('a picture that cannot be read is named, and costs its comparisons but not the rest', async () => {
    const broken = join(set, '102_4.png');
    writeFileSync(broken, 'no picture');
    const { code, out } = await fingerprint('evaluate', set);
    rmSync(broken);
    expect(code).toBe(0);
    expect(out).toContain('1 could not be read (6 comparisons left out)');
    expect(out).toContain('102_4.png');
    expect(out).toContain('6 genuine and 9 impostor');
  });
});

test('the policy is a table of tries, at two thresholds', async () => {
  const { code, out } = await fingerprint('policy', set, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).rows).toHaveLength(8);
  const table = await fingerprint('policy', set);
  expect(table.out).toContain('two fingers');
});

test('a picture is explained in 41 stages and one overview', async () => {
  const { code, out } = await fingerprint('explain', join(set, '101_1.png'), '--out', join(home, 'stages'), '--json');
  expect(code).toBe(0);
  const { files, overview, minutiae } = JSON.parse(out);
  expect(files).toHaveLength(41);
  expect([...files, overview].every(existsSync)).toBe(true);
  expect(files[0]).toMatch(/01-scaled-image\.png$/);
  expect(files[40]).toMatch(/41-shuffled-minutiae\.png$/);
  expect(minutiae).toBeGreaterThan(0);
});

describe('what is asked for wrongly is said in words', () => {
  test.each([
    [['fly'], 64, /there is no fly/],
    [['evaluate'], 64, /say which folder/],
    [['evaluate', 'a', '--crop', '256'], 64, /--crop 256 is not WIDTHxHEIGHT/],
    [['evaluate', 'a', '--levels', '1'], 64, /--levels must be a whole number from 2 to 256/],
    [['explain', 'a.png', '--levels', '4'], 64, /Unknown option '--levels'/],
    [['generate', 'a', '--fingers', 'many'], 64, /--fingers must be a whole number/],
    [['evaluate', 'nowhere'], 66, /nowhere/],
    [['explain', 'nowhere.png'], 66, /nowhere\.png/],
  ])('%j', async (args, code, words) => {
    const said = await fingerprint(...args);
    expect(said.err).toMatch(words);
    expect(said.code).toBe(code);
    expect(said.err).not.toContain('    at ');
  });

  test('without a word, all of them are listed', async () => {
    const { code, out } = await fingerprint();
    expect(code).toBe(0);
    expect(out).toContain('npm run fingerprint -- explain');
  });
});
