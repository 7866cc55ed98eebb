import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fontSelfTest } from './font-self-test.ts';

let workFolder: string;
beforeAll(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'anjungan-fonts-'));
});
afterAll(() => rm(workFolder, { recursive: true }));

const noto = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
const names = ['400Regular', '600SemiBold', '700Bold'];
/** A folder where other fonts go by the names of ours. */
const impostors = async (folder: string, source: string) => {
  for (const name of names) {
    await mkdir(join(folder, name), { recursive: true });
    await copyFile(join(noto, source), join(folder, name, `NotoSans_${name}.ttf`));
  }
  return folder;
};
const missing = { code: 'kiosk/font-missing' };

test('with our fonts the test passes', async () => {
  await expect(fontSelfTest({ workFolder })).resolves.toBeUndefined();
});

test('a folder without fonts fails it', async () => {
  const place = { workFolder, fontsFolder: join(workFolder, 'nowhere') };
  await expect(fontSelfTest(place)).rejects.toMatchObject(missing);
});

test('another font under the name of ours fails it, and is described', async () => {
  const fontsFolder = await impostors(join(workFolder, 'thin'), '100Thin/NotoSans_100Thin.ttf');
  const test = fontSelfTest({ workFolder, fontsFolder });
  await expect(test).rejects.toMatchObject({ ...missing, message: expect.stringContaining('weight 400 of Noto Sans') });
});

test('a file that is no font fails it', async () => {
  const fontsFolder = await impostors(join(workFolder, 'texts'), 'package.json');
  await expect(fontSelfTest({ workFolder, fontsFolder })).rejects.toMatchObject(missing);
});

test('a controller that stops waits for no self-test', async () => {
  const over = new AbortController();
  over.abort(new Error('stopping'));
  await expect(fontSelfTest({ workFolder }, { signal: over.signal })).rejects.toThrow('stopping');
});
