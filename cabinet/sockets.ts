import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { ByteLink, LinkAddress } from '#drivers/kit/byte-link.ts';
import { socketLink } from '#drivers/kit/open-link.ts';

/** A place where hosts can plug in: open while the device is powered and its cable is in, else nobody answers there. */
export interface Socket {
  readonly address: LinkAddress & { kind: 'unix' | 'tcp' };
  open(): Promise<void>;
  close(): Promise<void>;
}

export class SocketError extends Error {
  override readonly name = 'SocketError';
}

/** sockaddr_un has room for 108 bytes, the last of them zero. */
const LONGEST_UNIX_PATH = 107;

export async function unixSocket(path: string, plugIn: (link: ByteLink) => void): Promise<Socket> {
  if (Buffer.byteLength(path) > LONGEST_UNIX_PATH) throw new SocketError(`the path ${path} is too long for a socket`);
  rmSync(path, { force: true }); // left by a cabinet that was killed: nobody else is here, see `claimFolder`
  const socket = listener(plugIn);
  return { address: { kind: 'unix', path }, open: () => socket.listen({ path }), close: socket.close };
}

/** The port is chosen by the system when it is opened first, and kept from then on. */
export function tcpSocket(plugIn: (link: ByteLink) => void): Socket {
  const socket = listener(plugIn);
  const address = { kind: 'tcp' as const, host: '127.0.0.1', port: 0 };
  return {
    address,
    async open() {
      await socket.listen({ host: address.host, port: address.port });
      address.port = socket.port() ?? address.port;
    },
    close: socket.close,
  };
}

function listener(plugIn: (link: ByteLink) => void) {
  let server: Server | undefined;
  return {
    async listen(where: { path: string } | { host: string; port: number }) {
      if (server) return;
      server = createServer({ noDelay: true }, (socket) => plugIn(socketLink(socket)));
      server.listen(where);
      await once(server, 'listening');
    },
    /** Those who are connected are cut by the wire; here only the door is shut. */
    close: async () => {
      server?.close();
      server = undefined;
    },
    port() {
      const address = server?.address();
      return typeof address === 'object' ? address?.port : undefined;
    },
  };
}

/**
 * Makes the folder this cabinet's own, until disposed. Others ask at a socket that no device stands behind: a question at a
 * device's own socket would take its host away.
 */
export async function claimFolder(folder: string): Promise<AsyncDisposable> {
  prepareFolder(folder);
  const path = join(folder, 'cabinet.sock');
  if (Buffer.byteLength(path) > LONGEST_UNIX_PATH) throw new SocketError(`the path ${path} is too long for a socket`);
  await clearStale(path);
  const door = createServer((socket) => socket.destroy());
  door.listen(path);
  await once(door, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      door.close();
    },
  };
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new SocketError(`cannot make the folder ${folder}: ${(cause as Error).message}`, { cause });
  }
}

export function socketPath(folder: string, device: string): string {
  return join(folder, `${device}.sock`);
}

/** A cabinet that was killed leaves its sockets behind; one that is alive answers there. */
async function clearStale(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const knock = connect(path);
  const answered = await once(knock, 'connect').then(
    () => true,
    () => false,
  );
  knock.destroy();
  if (answered) throw new SocketError(`another cabinet answers at ${path}`);
  rmSync(path, { force: true });
}
