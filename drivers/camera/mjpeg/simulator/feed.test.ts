import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { socketLink } from '#drivers/kit/open-link.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { simulateCamera } from './simulator.ts';

const program = fileURLToPath(new URL('feed.mjs', import.meta.url));
const feed = (...args: string[]) => spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

/** A camera that listens at a socket of its own until it is disposed of. */
async function listening() {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'));
  const path = join(folder, 'camera.sock');
  const scene = { held: null, covered: false, stalled: false };
  const camera = simulateCamera({ scene, clock: systemClock, random: seededRandom(1), fps: 100 });
  const server = createServer((socket) => void camera.serve(socketLink(socket)));
  await once(server.listen(path), 'listening');
  return {
    ...{ path, camera },
    [Symbol.dispose]() {
      camera.powerOff();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function startOfNextFrame(child: ChildProcess): Promise<void> {
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    if ((chunk as Buffer).includes(Buffer.of(0xff, 0xd8, 0xff))) return;
  }
  throw new Error('the stream has ended');
}

test('the child program hands on the stream, is deaf to SIGINT and dies of SIGTERM', async () => {
  using camera = await listening();
  const child = feed(`unix:${camera.path}`);
  await startOfNextFrame(child);
  child.kill('SIGINT');
  await startOfNextFrame(child);
  await startOfNextFrame(child);
  expect(child.exitCode).toBeNull();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([null, 'SIGTERM']);
});

test('it ends with a word on stderr when the camera goes away or was never there', async () => {
  using camera = await listening();
  const child = feed(`unix:${camera.path}`);
  await startOfNextFrame(child);
  child.stdout.resume();
  camera.camera.misbehave('drop-link');
  expect(await said(child)).toEqual({ code: 1, text: expect.stringContaining('gone away') });
  expect(await said(feed(`unix:${camera.path}.missing`))).toEqual({
    code: 1,
    text: expect.stringContaining('acquire'),
  });
  expect(await said(feed('nonsense'))).toEqual({ code: 2, text: expect.stringContaining('usage') });
});

async function said(child: ChildProcess) {
  let text = '';
  child.stderr!.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, text };
}
