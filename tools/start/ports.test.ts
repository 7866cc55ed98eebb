import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { choosePorts } from './ports.ts';

const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`port-${index}`, '0']));

test('ports that are chosen are all different, and below those that systems give to connections going out', async () => {
  const chosen = Object.values(await choosePorts(many));
  expect(new Set(chosen).size).toBe(40);
  expect(Math.max(...chosen)).toBeLessThan(32_768);
});

test('a port that somebody has is passed over where any will do, and told where it was asked for', async () => {
  const { any: first } = await choosePorts({ any: '0' }, seededRandom('taken'));
  const somebody = createServer().listen(first, '127.0.0.1');
  await once(somebody, 'listening');
  try {
    const { any: second } = await choosePorts({ any: '0' }, seededRandom('taken'));
    expect(second).not.toBe(first);
    await expect(choosePorts({ 'kiosk-port': String(first) })).rejects.toThrow(`port ${first} is taken`);
  } finally {
    somebody.close();
  }
});

test.each(['-1', '65536', 'http', ''])('%j is no port', async (text) => {
  await expect(choosePorts({ 'kiosk-port': text })).rejects.toThrow('--kiosk-port');
});
