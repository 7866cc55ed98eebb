import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ByteLink, LinkAddress, LinkEnd, OpenLink } from './byte-link.ts';
import { DeviceError } from './device-error.ts';

/** Opens the link that a cabinet file names. Rejects with `link/unreachable` where nobody answers. */
export function linkOpener(address: LinkAddress): OpenLink {
  return async ({ signal }) => {
    if (address.kind === 'serial') {
      const { openSerial } = await import('./serial-link.ts'); // loads a native addon: only where a serial port is named
      return openSerial(address, signal);
    }
    return openSocket(address, signal);
  };
}

async function openSocket(address: LinkAddress & { kind: 'tcp' | 'unix' }, signal: AbortSignal): Promise<ByteLink> {
  const where = address.kind === 'tcp' ? `${address.host}:${address.port}` : address.path;
  const socket = address.kind === 'tcp' ? connect(address.port, address.host) : connect(address.path);
  try {
    await once(socket, 'connect', { signal });
  } catch (cause) {
    socket.destroy();
    throw new DeviceError('link/unreachable', `nothing answers at ${where}`, { cause });
  }
  return socketLink(socket);
}

/** A connected socket as a link; also used by the listening side. */
export function socketLink(socket: Socket): ByteLink {
  const end = Promise.withResolvers<LinkEnd>();
  let closing = false;
  socket.setNoDelay(true);
  socket.on('error', (error) => end.resolve({ reason: 'failed', detail: error.message }));
  socket.on('close', () => end.resolve({ reason: closing ? 'closed-here' : 'closed-there' }));
  return {
    incoming: quietly(socket.iterator({ destroyOnReturn: false })),
    write: (bytes, { signal } = {}) => written(socket, bytes, signal),
    closed: end.promise,
    async [Symbol.asyncDispose]() {
      closing = true;
      socket.destroy();
    },
  };
}

/** A link that fails ends its iteration; why it ended is said by `closed`, once. */
export async function* quietly(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch {
    return;
  }
}

export function written(
  stream: { write(bytes: Uint8Array, done: (error?: Error | null) => void): boolean; destroyed: boolean },
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    if (stream.destroyed) return reject(new DeviceError('link/lost', 'written to a closed link'));
    const stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    stream.write(bytes, (error) => {
      signal?.removeEventListener('abort', stop);
      if (error) reject(new DeviceError('link/lost', error.message, { cause: error }));
      else resolve();
    });
  });
}
