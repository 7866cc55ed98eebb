import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './product.ts';

const script = join(import.meta.dirname, '../../tools/pickup/main.ts');

/** As a person types it, in a folder of theirs, with the paths that it chooses by itself. */
function pickup(folder: string, ...words: string[]): Promise<{ code: number; said: Record<string, unknown> }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, '--json', ...words], { cwd: folder }, (error, out) => {
      resolve({ code: Number(error?.code ?? 0), said: JSON.parse(out) as Record<string, unknown> });
    });
  });
}

const phasesOf = ({ phases }: Record<string, unknown>) => (phases as { name: string }[]).map(({ name }) => name);

test('one pickup from the command line: PIN, finger, card and receipt; the second time it is refused', async () => {
  using folder = temporaryFolder();
  const first = await pickup(folder.path, '--citizen', 'FIRST-01');
  expect(first).toMatchObject({ code: 0, said: { result: 'issued' } });
  expect(phasesOf(first.said)).toEqual(expect.arrayContaining(['pin', 'finger', 'review', 'take-card', 'receipt']));
  for (const file of first.said.files as string[]) expect(existsSync(join(folder.path, file)), file).toBe(true);
  expect(JSON.stringify(first.said.files)).toContain('card.png');
  const second = await pickup(folder.path, '--citizen', 'FIRST-01');
  expect(second).toMatchObject({ code: 3, said: { result: 'refused:right/already-issued' } });
}, 60_000);

test('somebody without an enrolled finger is known by the officer, and gets the card', async () => {
  using folder = temporaryFolder();
  const { code, said } = await pickup(folder.path, '--citizen', 'FINGERS-01');
  expect({ code, result: said.result }).toEqual({ code: 0, result: 'issued' });
  expect(phasesOf(said)).toContain('officer-proof');
}, 60_000);
