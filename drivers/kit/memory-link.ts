import { AsyncQueue } from './async.ts';
import type { ByteLink, LinkControl, LinkEnd } from './byte-link.ts';
import { DeviceError } from './device-error.ts';

/** Two ends of one wire in memory: what one writes the other reads, in the pieces it was written. */
export function memoryLinkPair(control?: LinkControl): { near: ByteLink; far: ByteLink } {
  const toFar = new AsyncQueue<Uint8Array>();
  const toNear = new AsyncQueue<Uint8Array>();
  const nearEnd = Promise.withResolvers<LinkEnd>();
  const farEnd = Promise.withResolvers<LinkEnd>();
  let closed = false;
  const close = (own: typeof nearEnd, other: typeof nearEnd) => {
    closed = true;
    toFar.end();
    toNear.end();
    own.resolve({ reason: 'closed-here' });
    other.resolve({ reason: 'closed-there' });
  };
  const end = (
    incoming: AsyncQueue<Uint8Array>,
    outgoing: AsyncQueue<Uint8Array>,
    own: typeof nearEnd,
    other: typeof nearEnd,
  ) => ({
    incoming,
    async write(bytes: Uint8Array, { signal }: { signal?: AbortSignal } = {}) {
      signal?.throwIfAborted();
      if (closed) throw new DeviceError('link/lost', 'written to a closed link');
      outgoing.push(bytes.slice());
    },
    closed: own.promise,
    [Symbol.asyncDispose]: async () => close(own, other),
  });
  return {
    near: { ...end(toNear, toFar, nearEnd, farEnd), ...(control && { control }) },
    far: end(toFar, toNear, farEnd, nearEnd),
  };
}
