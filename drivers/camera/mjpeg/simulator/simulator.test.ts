import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { Scene } from './scene.ts';
import { sceneJpeg, simulateCamera } from './simulator.ts';

const reader = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(reader)).buffer } });

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const empty = (): Mutable<Scene> => ({ held: null, covered: false, stalled: false });
const text = 'ANJUNGAN:1:4821736502';
const isWhole = (jpeg: Uint8Array) =>
  jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg.at(-2) === 0xff && jpeg.at(-1) === 0xd9;
const brightness = async (jpeg: Uint8Array) => (await sharp(jpeg).greyscale().stats()).channels[0]?.mean ?? 0;
const codeIn = async (jpeg: Uint8Array) =>
  (await readBarcodes(jpeg, { formats: ['QRCode'], tryHarder: true }))[0]?.text;

describe('what the lens sees', () => {
  test.each(['paper', 'folded', 'phone', 'cracked-phone', 'inverted'] as const)(
    'a code on a %s can be read',
    async (as) => {
      for (const grain of [0, 1, 2])
        expect(await codeIn(await sceneJpeg({ ...empty(), held: { text, as } }, { grain }))).toBe(text);
    },
  );

  test('glare blinds it and a screen turned down is too dark', async () => {
    const [glare, dark] = await Promise.all(
      (['glare', 'dark-phone'] as const).map((as) => sceneJpeg({ ...empty(), held: { text, as } })),
    );
    expect(await codeIn(glare!)).toBeUndefined();
    expect(await codeIn(dark!)).toBeUndefined();
    expect(await brightness(glare!)).toBeGreaterThan(170);
    expect(await brightness(dark!)).toBeLessThan(40);
  });

  test('a counter top with nothing on it is neither dark nor bright; a covered lens is black', async () => {
    expect(await brightness(await sceneJpeg(empty()))).toBeGreaterThan(90);
    expect(await brightness(await sceneJpeg({ ...empty(), held: { text, as: 'paper' }, covered: true }))).toBeLessThan(
      15,
    );
  });

  test('the picture is as large as asked', async () => {
    const jpeg = await sceneJpeg(empty(), { size: { widthPx: 1280, heightPx: 720 } });
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 720 });
  });

  test('a text too long for any code is refused aloud, not shown as something else', async () => {
    await expect(sceneJpeg({ ...empty(), held: { text: 'x'.repeat(9000), as: 'paper' } })).rejects.toThrow(RangeError);
  });
});

function stand() {
  const scene = empty();
  const clock = manualClock();
  const camera = simulateCamera({ scene, clock, random: seededRandom('stand'), fps: 10 });
  const { near, far } = memoryLinkPair();
  const served = camera.serve(far);
  const pieces = near.incoming[Symbol.asyncIterator]();
  let kept = Buffer.alloc(0);
  /** Reads on until one more picture has ended. */
  const frame = async () => {
    for (;;) {
      const end = kept.indexOf(Buffer.of(0xff, 0xd9));
      if (end >= 0) {
        const whole = kept.subarray(0, end + 2);
        kept = kept.subarray(end + 2);
        return new Uint8Array(whole);
      }
      const { value, done } = await pieces.next();
      if (done) throw new Error('the stream has ended');
      kept = Buffer.concat([kept, value]);
    }
  };
  const nextFrame = async () => {
    await clock.advance(100);
    return frame();
  };
  const waiting = () => (near.incoming as unknown as { length: number }).length;
  return { scene, clock, camera, near, served, frame, nextFrame, waiting };
}

describe('the stream', () => {
  test('is one whole picture after the other, at its own pace, and a still scene is drawn only a few times', async () => {
    const { frame, nextFrame } = stand();
    const frames = [await frame()];
    while (frames.length < 6) frames.push(await nextFrame());
    expect(frames.every(isWhole)).toBe(true);
    expect(frames[0]).not.toEqual(frames[1]); // grain
    expect(frames.slice(3)).toEqual(frames.slice(0, 3));
  });

  test('shows what is held from the next frame on', async () => {
    const { scene, frame, nextFrame } = stand();
    expect(await codeIn(await frame())).toBeUndefined();
    scene.held = { text, as: 'phone' };
    expect(await codeIn(await nextFrame())).toBe(text);
    scene.held = null;
    expect(await codeIn(await nextFrame())).toBeUndefined();
  });

  test('goes on when something is held that no code can hold', async () => {
    const { scene, frame, nextFrame } = stand();
    await frame();
    scene.held = { text: 'x'.repeat(9000), as: 'paper' };
    expect(isWhole(await nextFrame())).toBe(true);
  });

  test('a stalled sensor sends nothing and leaves the stream open; then it goes on', async () => {
    const { scene, clock, frame, nextFrame, waiting } = stand();
    await frame();
    scene.stalled = true;
    await clock.advance(60_000);
    expect(waiting()).toBe(0);
    scene.stalled = false;
    expect(isWhole(await nextFrame())).toBe(true);
  });

  test('frames can break off', async () => {
    const { camera, clock, frame, near } = stand();
    await frame();
    camera.misbehave('truncated');
    await clock.advance(100);
    const { value } = await near.incoming[Symbol.asyncIterator]().next();
    expect([...value!.slice(0, 2)]).toEqual([0xff, 0xd8]);
    expect(isWhole(value!)).toBe(false);
  });

  test('ends when the reader goes, when the camera loses power, and leaves nothing behind', async () => {
    const reader = stand();
    await reader.frame();
    await reader.near[Symbol.asyncDispose]();
    await reader.served;
    expect(reader.clock.sleepers).toBe(0);
    const unplugged = stand();
    await unplugged.frame();
    unplugged.camera.powerOff();
    expect(await unplugged.near.closed).toEqual({ reason: 'closed-there' });
    await unplugged.served;
    const { near, far } = memoryLinkPair();
    await unplugged.camera.serve(far);
    expect(await near.closed).toEqual({ reason: 'closed-there' });
  });
});
