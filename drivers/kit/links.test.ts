import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ByteLink, LinkAddress } from './byte-link.ts';
import { DeviceError } from './device-error.ts';
import { memoryLinkPair } from './memory-link.ts';
import { linkOpener, socketLink } from './open-link.ts';

const { signal } = new AbortController();
const bytes = (...values: number[]) => Uint8Array.from(values);
let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** Both ends of one wire. */
type Ends = { near: ByteLink; far: ByteLink };

async function overSocket(listenOn: (server: Server) => LinkAddress | Promise<LinkAddress>): Promise<Ends> {
  const server = createServer();
  servers.push(server);
  const address = await listenOn(server);
  const there = once(server, 'connection') as Promise<[Socket]>;
  const near = await linkOpener(address)({ signal });
  const [socket] = await there;
  return { near, far: socketLink(socket) };
}

const wires: Record<string, () => Promise<Ends>> = {
  memory: async () => memoryLinkPair(),
  tcp: () =>
    overSocket(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return { kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port };
    }),
  unix: () =>
    overSocket(async (server) => {
      const path = join(mkdtempSync(join(tmpdir(), 'anjungan-link-')), 'wire.sock');
      server.listen(path);
      await once(server, 'listening');
      return { kind: 'unix', path };
    }),
};

/** Reads until so many bytes are there, or the link ends. */
async function reads(link: ByteLink, count = Number.POSITIVE_INFINITY): Promise<number[]> {
  const got: number[] = [];
  if (count === 0) return got;
  for await (const chunk of link.incoming) {
    for (const byte of chunk) got.push(byte);
    if (got.length >= count) break;
  }
  return got;
}

describe.each(Object.entries(wires))('a link over %s', (_, open) => {
  test('carries bytes both ways, also after a reader left off and came again', async () => {
    const { near, far } = await open();
    await near.write(bytes(1, 2, 3), { signal });
    expect(await reads(far, 3)).toEqual([1, 2, 3]);
    await far.write(bytes(4));
    expect(await reads(near, 1)).toEqual([4]);
    await near[Symbol.asyncDispose]();
  });

  test('carries a whole panel', async () => {
    const { near, far } = await open();
    const panel = new Uint8Array(576_072).map((_byte, n) => n % 251);
    const [got] = await Promise.all([reads(far, panel.length), near.write(panel)]);
    expect(Buffer.compare(Buffer.from(got), Buffer.from(panel))).toBe(0);
    await far[Symbol.asyncDispose]();
  });

  test('takes what is written as it was then', async () => {
    const { near, far } = await open();
    const buffer = bytes(7);
    await near.write(buffer);
    buffer[0] = 9;
    expect(await reads(far, 1)).toEqual([7]);
    await near[Symbol.asyncDispose]();
  });

  test('closed here ends both readers, and each side knows who closed it', async () => {
    const { near, far } = await open();
    const [here, there] = [reads(near), reads(far)];
    await near[Symbol.asyncDispose]();
    await near[Symbol.asyncDispose]();
    expect([await here, await there]).toEqual([[], []]);
    expect([await near.closed, await far.closed]).toEqual([{ reason: 'closed-here' }, { reason: 'closed-there' }]);
  });

  test('closed by the other side is closed there', async () => {
    const { near, far } = await open();
    await far[Symbol.asyncDispose]();
    expect(await reads(near)).toEqual([]);
    expect(await near.closed).toEqual({ reason: 'closed-there' });
  });

  test('that has ended takes no bytes: whoever writes is told', async () => {
    const { near, far } = await open();
    await far[Symbol.asyncDispose]();
    await near.closed;
    await expect(near.write(bytes(1))).rejects.toMatchObject({ name: 'DeviceError', code: 'link/lost' });
  });

  test('a write that is over before it begins writes nothing', async () => {
    const { near, far } = await open();
    await expect(near.write(bytes(1), { signal: AbortSignal.abort(new Error('no more')) })).rejects.toThrow('no more');
    await near.write(bytes(2));
    expect(await reads(far, 1)).toEqual([2]);
    await near[Symbol.asyncDispose]();
  });
});

describe('where nobody answers', () => {
  const noneThere: [string, LinkAddress][] = [
    ['a socket that is none', { kind: 'unix', path: '/nowhere/printer.sock' }],
    ['a port where nobody listens', { kind: 'tcp', host: '127.0.0.1', port: 1 }],
    ['a serial port that is none', { kind: 'serial', path: '/dev/no-such-port', baudRate: 9_600 }],
  ];

  test.each(noneThere)('%s is said with its code and its place', async (_, address) => {
    const opening = linkOpener(address)({ signal });
    await expect(opening).rejects.toBeInstanceOf(DeviceError);
    await expect(linkOpener(address)({ signal })).rejects.toMatchObject({ code: 'link/unreachable' });
    await expect(linkOpener(address)({ signal })).rejects.toThrow(address.kind === 'tcp' ? ':1' : address.path);
  });

  test('an attempt that is given up leaves no socket behind', async () => {
    const server = createServer();
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const given = AbortSignal.abort(new Error('given up'));
    await expect(linkOpener({ kind: 'tcp', host: '127.0.0.1', port })({ signal: given })).rejects.toThrow();
    const connections = await new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
    expect(connections).toBe(0);
  });
});

test('the far end of a wire in memory has no control pipe, the near end has the one it was given', async () => {
  const control = { portStatus: async () => 0x18, deviceId: async () => 'MFG:Evolis;' };
  const { near, far } = memoryLinkPair(control);
  expect(await near.control?.portStatus({ signal })).toBe(0x18);
  expect(far.control).toBeUndefined();
});
