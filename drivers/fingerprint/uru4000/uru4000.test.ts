import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import { simulateUru4000 } from './simulator/simulator.ts';
import { judgeWith, madeUpFinger, placeOf } from './test-place.ts';

const siti = madeUpFinger(seededRandom('siti'));
const budi = madeUpFinger(seededRandom('budi'));

function openPlace({ grain = false } = {}) {
  const clock = manualClock();
  const ports = grain ? { clock, random: seededRandom('grain') } : { clock };
  const reader = simulateUru4000(ports);
  return { clock, reader, ...placeOf(reader, clock, seededRandom('seed')) };
}

test('a reader tells what it is, and that it knows no living finger from a copy', async () => {
  const { opened } = openPlace();
  const { scanner } = await opened();
  expect(scanner.info).toEqual({
    model: 'DigitalPersona U.are.U 4500 (0115 0010)',
    serial: '{SIMULATED}',
    widthPx: 384,
    heightPx: 290,
    dpi: 512,
    greyLevels: 256,
    hasPad: false,
  });
  expect(scanner.status).toEqual({ state: 'ready' });
});

test('a finger on the glass comes out as it lay there, upright, ridges dark', async () => {
  const { reader, clock, opened } = openPlace();
  const { capture } = await opened();
  const shot = capture();
  await clock.advance(500);
  expect(reader.mode).toBe(0x10);
  reader.touch(siti);
  await clock.advance(200);
  const { image, quality } = await shot;
  expect(Buffer.compare(image.pixels, siti)).toBe(0);
  expect(image).toMatchObject({ widthPx: 384, heightPx: 290, dpi: 512 });
  expect(quality.score).toBe(80);
});

test('a capture is what was asked of the registers in the recorded session, in that order', async () => {
  const { reader, inTime, opened } = openPlace();
  const { capture, lifted } = await opened();
  reader.touch(siti);
  await inTime(capture());
  reader.lift();
  await inTime(lifted());
  expect(reader.asked).toEqual([
    ...['read 7', 'write 7 81', 'write 7 01', 'read 7', 'read f0'],
    ...['write 4e 10', 'write 4e 20'],
    ...[expect.stringMatching(/^write 33 07[0-9a-f]{8}$/), 'read 34'],
    ...['write 4e 12', 'write 4e 70'],
  ]);
});

test('a poor picture is not the end: she lifts her finger, lays it on again, and the better one is given', async () => {
  const { reader, clock, inTime, opened } = openPlace();
  const { capture } = await opened(judgeWith(20, 70));
  const hints: string[] = [];
  const shot = capture({ tell: (news) => news.is === 'hint' && hints.push(news.hint) });
  reader.touch(siti);
  await clock.advance(500);
  expect(hints).toEqual(['press']);
  reader.lift();
  await clock.advance(100);
  reader.touch(budi);
  const { image, quality } = await inTime(shot);
  expect(quality.score).toBe(70);
  expect(Buffer.compare(image.pixels, budi)).toBe(0);
});

test('a finger that comes off before anybody asks is gone for the next capture', async () => {
  const { reader, clock, inTime, opened } = openPlace();
  const { capture } = await opened();
  reader.touch(siti);
  await inTime(capture());
  reader.lift();
  await clock.advance(60_000);
  reader.touch(budi);
  expect((await inTime(capture())).quality.score).toBe(80);
});

test('the same picture to the bit is refused; the same finger again is not, for no two pictures of it are the same', async () => {
  for (const grain of [false, true]) {
    const { reader, inTime, opened } = openPlace({ grain });
    const { capture, code } = await opened();
    reader.touch(siti);
    await inTime(capture());
    reader.lift();
    const again = code(capture());
    reader.touch(siti);
    expect(await again).toBe(grain ? null : 'fingerprint-scanner/repeated-image');
  }
});

test('nobody comes: no finger, and the light goes off', async () => {
  const { reader, opened } = openPlace();
  const { capture, code } = await opened();
  expect(await code(capture())).toBe('fingerprint-scanner/no-finger');
  expect(reader.mode).toBe(0x70);
});

test('two captures at once: each has its own finger', async () => {
  const { reader, clock, inTime, opened } = openPlace();
  const { capture } = await opened();
  const [first, second] = [capture(), capture()];
  reader.touch(siti);
  expect(Buffer.compare((await inTime(first)).image.pixels, siti)).toBe(0);
  reader.lift();
  await clock.advance(50);
  reader.touch(budi);
  expect(Buffer.compare((await inTime(second)).image.pixels, budi)).toBe(0);
});

test('given up while waiting for a finger: the light goes off at once', async () => {
  const { reader, clock, opened } = openPlace();
  const { capture, scanner } = await opened();
  const stop = new AbortController();
  const shot = capture({ signal: stop.signal });
  await clock.advance(100);
  stop.abort(new Error('she walked away'));
  await expect(shot).rejects.toThrow('she walked away');
  await clock.advance(0);
  expect(reader.mode).toBe(0x70);
  expect(scanner.status).toEqual({ state: 'ready' });
});

test('given up while the picture comes: it is read to its end, and the next capture gets its own', async () => {
  const { reader, clock, inTime, opened } = openPlace();
  const { capture } = await opened();
  const stop = new AbortController();
  const shot = capture({ signal: stop.signal });
  reader.touch(siti);
  await clock.advance(50);
  expect(reader.mode).toBe(0x20);
  stop.abort(new Error('she walked away'));
  await expect(shot).rejects.toThrow('she walked away');
  const next = capture();
  await clock.advance(200);
  expect(reader.mode).toBe(0x12);
  reader.lift();
  await clock.advance(50);
  reader.touch(budi);
  expect(Buffer.compare((await inTime(next)).image.pixels, budi)).toBe(0);
});

test('given up before it begins: nothing is asked of the reader', async () => {
  const { reader, opened } = openPlace();
  const { capture } = await opened();
  const before = reader.asked.length;
  await expect(capture({ signal: AbortSignal.abort(new Error('no more')) })).rejects.toThrow('no more');
  expect(reader.asked.length).toBe(before);
});

test('a finger that stays is told at the deadline, and its lifting is not missed', async () => {
  const { reader, inTime, opened } = openPlace();
  const { capture, lifted, code } = await opened();
  reader.touch(siti);
  await inTime(capture());
  expect(await code(lifted(300))).toBe('fingerprint-scanner/no-answer');
  reader.lift();
  await inTime(lifted(300));
  expect(reader.mode).toBe(0x70);
});

test('given up in the moment of the touch: that finger is read by nobody, and is not taken for a later one', async () => {
  const { reader, clock, opened } = openPlace();
  const { capture, code } = await opened();
  const stop = new AbortController();
  const shot = capture({ signal: stop.signal });
  await clock.advance(100);
  reader.touch(siti);
  stop.abort(new Error('she walked away'));
  await expect(shot).rejects.toThrow('she walked away');
  await clock.advance(0);
  expect(reader.mode).toBe(0x70);
  reader.lift();
  expect(await code(capture())).toBe('fingerprint-scanner/no-finger');
});

test('closing while a finger still lies on the glass turns the light off', async () => {
  const { reader, inTime, opened } = openPlace();
  const { capture, close } = await opened();
  reader.touch(siti);
  await inTime(capture());
  await close();
  expect(reader.mode).toBe(0x70);
});

test('closing turns the light off and frees the device, also in the middle of a capture', async () => {
  const { reader, clock, opened } = openPlace();
  const { capture, close, code } = await opened();
  const waiting = code(capture());
  await clock.advance(100);
  await close();
  expect(await waiting).toBe('fingerprint-scanner/unreachable');
  expect([reader.mode, reader.isOpen, clock.sleepers]).toEqual([0x70, false, 0]);
  const again = await opened();
  reader.touch(siti);
  expect(await again.code(again.capture())).toBeNull();
});
