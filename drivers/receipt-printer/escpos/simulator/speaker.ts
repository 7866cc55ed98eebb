import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Random } from '#kit/random.ts';

/** Sends replies in order, each cut at random points: a wire knows no messages. A link that is gone hears nothing. */
export function speaker(random: Random): (link: ByteLink, bytes: Uint8Array) => void {
  const queues = new WeakMap<ByteLink, Promise<void>>();
  return (link, bytes) => {
    const pieces = cutAtRandom(random, bytes);
    const mine = (queues.get(link) ?? Promise.resolve()).then(async () => {
      for (const piece of pieces) await link.write(piece);
    });
    queues.set(
      link,
      mine.catch(() => undefined),
    );
  };
}

export function cutAtRandom(random: Random, bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const [size = 0] = random.bytes(1);
    const to = Math.min(bytes.length, from + 1 + (size % 4));
    pieces.push(bytes.slice(from, to));
    from = to;
  }
  return pieces;
}
