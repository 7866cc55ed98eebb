import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { type Random, systemRandom, whole } from '#kit/random.ts';

const host = '127.0.0.1';
/** Below those that systems give to connections going out: a program that is started again must find its port as it left it. */
const stable = { from: 20_000, count: 12_000 };
const tries = 100;

/**
 * Looks at each port before anything is started, by its option's name; 0 becomes one that is free, and that nobody gets by
 * chance while its program is down. Rejects with one line that names the port and its option.
 */
export async function choosePorts<Name extends string>(
  asked: Record<Name, string>,
  random: Random = systemRandom,
): Promise<Record<Name, number>> {
  const held: Server[] = [];
  try {
    const chosen: [string, number][] = [];
    for (const [option, text] of Object.entries<string>(asked)) {
      const port = portIn(option, text);
      const server = port === 0 ? await holdAny(option, random) : await hold(option, port);
      held.push(server); // all at once: none is given twice
      chosen.push([option, (server.address() as { port: number }).port]);
    }
    return Object.fromEntries(chosen) as Record<Name, number>;
  } finally {
    await Promise.all(held.map((server) => once(server.close(), 'close')));
  }
}

function portIn(option: string, text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new Error(`--${option} ${text} is no port (0 to 65535)`);
}

async function holdAny(option: string, random: Random): Promise<Server> {
  for (let left = tries; ; left -= 1) {
    try {
      return await hold(option, stable.from + whole(random, stable.count));
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function hold(option: string, port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return server;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(`port ${port} is taken by another program; choose another with --${option} (0 = any)`, { cause });
    throw new Error(`port ${port} cannot be opened (${code}); choose another with --${option}`, { cause });
  }
}
