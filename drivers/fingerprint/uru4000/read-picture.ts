import { DeviceError } from '#drivers/kit/device-error.ts';
import { MOST_FRAME_BYTES, parseFrame } from './protocol/frame.ts';
import { isDark, pictureOf } from './protocol/picture.ts';
import { endpoints } from './protocol/registers.ts';
import { keysNeeded, unscramble } from './protocol/scramble.ts';
import type { Reader } from './reader.ts';

/** 0.13 s in the recorded session. */
const FRAME_WITHIN_MS = 2_000;
const ATTEMPTS = 3;

/** One picture of what lies on the glass, upright, ridges dark. */
export async function readPicture(reader: Reader, signal: AbortSignal): Promise<Uint8Array> {
  const frame = parseFrame(await readFrame(reader, signal));
  const keys: number[] = [];
  for (const number of keysNeeded(frame)) keys.push(await askKey(reader, number, signal));
  const picture = pictureOf(frame.blocks, unscramble(frame, keys));
  if (isDark(picture)) throw new DeviceError('fingerprint-scanner/hardware', 'a picture without light');
  return picture;
}

/** After a `picture-lost` the reader may send a frame of no bytes: the next one is a picture again. */
async function readFrame(reader: Reader, signal: AbortSignal): Promise<Uint8Array> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const bytes = await takeFrame(reader, signal);
    if (bytes.length > 0) return bytes;
  }
  throw new DeviceError('fingerprint-scanner/no-answer', `no picture, asked ${ATTEMPTS} times`);
}

/** The pipe waits before the picture is asked for, as in the recorded session. */
async function takeFrame(reader: Reader, signal: AbortSignal): Promise<Uint8Array> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const wait = { signal: either, timeoutMs: FRAME_WITHIN_MS };
  const coming = reader.usb.bulkIn(endpoints.bulkIn, MOST_FRAME_BYTES, wait);
  coming.catch(() => undefined); // told below, unless the request has failed before
  try {
    await reader.setMode('capture', signal);
    return await coming;
  } finally {
    stop.abort(new DeviceError('fingerprint-scanner/no-answer', 'the picture was not asked for'));
  }
}

/** The key travels hidden under a seed of ours. */
async function askKey(reader: Reader, number: number, signal: AbortSignal): Promise<number> {
  const seed = reader.random.bytes(4);
  await reader.write('keyIndex', Uint8Array.of(number, ...seed), signal);
  const hidden = await reader.read('key', signal);
  if (hidden.length !== seed.length)
    throw new DeviceError('fingerprint-scanner/no-answer', `${hidden.length} bytes of key`);
  return littleEndian(hidden.map((byte, i) => byte ^ (seed[i] ?? 0)));
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
