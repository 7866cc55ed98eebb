import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { parseFrame } from '#drivers/fingerprint/uru4000/protocol/frame.ts';
import { pictureOf } from '#drivers/fingerprint/uru4000/protocol/picture.ts';
import { keysNeeded, unscramble } from '#drivers/fingerprint/uru4000/protocol/scramble.ts';
import { buildFrame, recordedBlocks } from '#drivers/fingerprint/uru4000/simulator/frame.ts';
import { readSession } from './session.ts';

const recorded = (name: string) => new URL(`uru4000-4500/${name}`, import.meta.url);
const events = readSession(recorded('capture.pcapng'));
const reference = await sharp(fileURLToPath(recorded('capture.png')))
  .extractChannel(0)
  .raw()
  .toBuffer();
const HEADER_BYTES = 64;
const ROW_BYTES = 384;

/** What the reader sent over the bulk pipe, and the key that it gave for it. */
const frame = events.find(({ is, endpoint }) => is === 'completed' && endpoint === 0x82)!.data;
const [, key = 0] = keyExchange();

/** The seed that was written to register 33, and the key that register 34 gave, no longer hidden under it. */
function keyExchange(): [seed: number, key: number] {
  const asked = events.findIndex(({ setup }) => setup.toString('hex').startsWith('40043300'));
  const answer = events.slice(asked).filter(({ is, endpoint }) => is === 'completed' && endpoint === 0x80)[0]!;
  const seed = events[asked]!.data.readUInt32LE(1);
  return [seed, (answer.data.readUInt32LE(0) ^ seed) >>> 0];
}

const differing = (picture: Uint8Array) => reference.filter((value, i) => value !== picture[i]).length;

test('the recorded frame is the reference picture, every pixel of it', () => {
  const { firstKey, blocks, rows } = parseFrame(frame);
  const parsed = { firstKey, blocks, rows };
  expect(keysNeeded(parsed)).toEqual([0]);
  expect(differing(pictureOf(blocks, unscramble(parsed, [key])))).toBe(0);
  expect(differing(pictureOf(blocks, unscramble(parsed, [key ^ 1])))).toBeGreaterThan(50_000);
});

test('the simulator sends the reference picture as the real reader did, byte for byte', () => {
  const ours = buildFrame(reference, recordedBlocks, 0, () => key);
  expect(ours.length).toBe(frame.length);
  const other = [...ours.keys()].filter((i) => i >= HEADER_BYTES && ours[i] !== frame[i]);
  // the first byte of each scrambled block means nothing: lines 0, 73, 123 and 173 of those that are sent
  const free = [0, 73, 123, 173].map((line) => HEADER_BYTES + line * ROW_BYTES);
  expect(other.filter((i) => !free.includes(i))).toEqual([]);
});

test('the session replayed through libusb, the USB port and the driver gives the reference picture', (ctx) => {
  if (spawnSync('umockdev-run', ['--version']).error) {
    process.stderr.write('skipped: umockdev is not installed, so no recorded fingerprint scanner is replayed\n');
    ctx.skip();
  }
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-recording-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'picture');
  const { status, stdout, stderr } = replay(out);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    model: 'DigitalPersona U.are.U 4500 (0115 0010)',
    serial: '{FB0B9071-2E08-7742-BC16-2FAA247CEF66}',
    lifted: true,
  });
  const picture = readFileSync(out);
  expect([picture.length, differing(picture)]).toEqual([reference.length, 0]);
});

const SYSFS_PATH = '/sys/devices/pci0000:00/0000:00:14.0/usb1/1-10';
const MOST_MS = 25_000;

/** umockdev plays the reader: it answers only the very requests of the recording, in their order. */
function replay(out: string) {
  const path = (name: string) => fileURLToPath(recorded(name));
  const program = fileURLToPath(new URL('replay-uru4000.ts', import.meta.url));
  const play = ['-d', path('device'), '-p', `${SYSFS_PATH}=${path('capture.pcapng')}`];
  const command = [...play, '--', process.execPath, '--no-warnings', program, out];
  return spawnSync('umockdev-run', command, { encoding: 'utf8', timeout: MOST_MS });
}
