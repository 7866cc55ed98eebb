import { Worker } from 'node:worker_threads';
import type { GreyImage } from '#drivers/fingerprint/grey-image.ts';
import type { FingerPicture } from '../finger-picture.ts';
import type { Drawing } from './draw-worker.ts';

/**
 * Fingers of people who never were, drawn on a thread of their own so that no machine of the cabinet waits: a finger takes most
 * of a second the first time it is put down. The thread begins with the first finger, and keeps no program alive.
 */
export function drawnFingers(): FingerPicture {
  const waiting = new Map<number, PromiseWithResolvers<GreyImage>>();
  let thread: Worker | null = null;
  let asked = 0;

  function begin(): Worker {
    const worker = new Worker(new URL('./draw-worker.ts', import.meta.url));
    worker.on('message', ({ number, image }: { number: number; image: GreyImage }) => {
      waiting.get(number)?.resolve(image);
      waiting.delete(number);
    });
    worker.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      thread = null;
    });
    worker.unref();
    return worker;
  }

  return (placed) => {
    thread ??= begin();
    asked += 1;
    const drawing = Promise.withResolvers<GreyImage>();
    waiting.set(asked, drawing);
    thread.postMessage({ number: asked, placed } satisfies Drawing);
    return drawing.promise;
  };
}
