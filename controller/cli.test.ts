import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveControl } from '#kit/control-socket.ts';

const state = mkdtempSync(join(tmpdir(), 'kiosk-cli-'));
const asked: { command: string; args: Record<string, unknown> }[] = [];
const jpeg = Buffer.of(0xff, 0xd8, 0xff, 0x00);
let control: AsyncDisposable;

beforeAll(async () => {
  control = await serveControl(join(state, 'control.sock'), async (command, args) => {
    asked.push({ command, args });
    return command === 'person' ? { name: 'SITI', birthDate: '14-03-1990', photo: jpeg.toString('base64') } : undefined;
  });
});
beforeEach(() => asked.splice(0));
afterAll(() => control[Symbol.asyncDispose]());

/** As an officer types it: what comes back, and with which exit code. */
async function kiosk(...words: string[]) {
  const given = [join(import.meta.dirname, 'cli.ts'), ...words, '--state', state];
  const run = promisify(execFile)(process.execPath, given, { encoding: 'buffer' });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr: stderr.toString() }),
    ({ code, stdout, stderr }) => ({ code: Number(code), stdout: stdout as Buffer, stderr: String(stderr) }),
  );
}

describe('a person whose finger is hard to read', () => {
  test('is identified by an officer, a kind of document and a reason', async () => {
    const words = ['identify', 'SU1-0001-3', '--by', 'op-1', '--document', 'KK', '--reason', 'worn'];
    expect((await kiosk(...words)).stdout.toString()).toBe('done\n');
    expect(asked).toMatchObject([
      { command: 'identify', args: { about: 'SU1-0001-3', by: ['op-1'], document: 'KK', reason: 'worn' } },
    ]);
  });

  test('is seen only where the officer says where the portrait goes', async () => {
    const { code, stderr } = await kiosk('person', 'SU1-0001-3', '--by', 'op-1');
    expect(code).toBe(1);
    expect(stderr).toContain('--photo FILE');
    expect(asked).toEqual([]);
  });

  test('the portrait goes to a file that only the officer can read, and that says to delete it; never over another', async () => {
    const file = join(state, 'siti.jpg');
    const words = ['person', 'SU1-0001-3', '--by', 'op-1', '--photo', file];
    const { stdout } = await kiosk(...words);
    expect(stdout.toString()).toMatch(/SITI.*14-03-1990.*delete it/);
    expect(readFileSync(file)).toEqual(jpeg);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await kiosk(...words)).code).toBe(1);
  });

  test('or to standard output, and to no file: the name stands beside it, not in it', async () => {
    const before = readdirSync(state);
    const { stdout, stderr } = await kiosk('person', 'SU1-0001-3', '--by', 'op-1', '--photo', '-');
    expect(stdout).toEqual(jpeg);
    expect(stderr).toContain('SITI');
    expect(readdirSync(state)).toEqual(before);
  });
});
