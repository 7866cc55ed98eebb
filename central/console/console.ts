import fastify, { type FastifyInstance } from 'fastify';
import { overview } from '#central/fleet/overview.ts';
import type { Clock } from '#kit/clock.ts';
import { ProblemError } from '#kit/problem-error.ts';
import type { Random } from '#kit/random.ts';
import type { Store } from '#kit/store.ts';
import { isSignIn } from './bodies.generated.ts';
import { secure } from './headers.ts';
import { streamLive } from './live.ts';
import { withRoomTasks } from './morning.ts';
import { servePage } from './page-files.ts';
import { serveReading } from './routes.ts';
import { openSessions, type Sessions } from './sessions.ts';
import { openStaff, type Staff } from './staff.ts';
import { openThrottle } from './throttle.ts';

export interface ConsoleOptions {
  store: Store;
  clock: Clock;
  random: Random;
  /** The secret behind the keyed hashes of pick-up numbers. */
  lookupKey: Uint8Array;
  host: string;
  /** 0 = chosen by the system. */
  port: number;
  /** Folder of the built page. */
  page: string;
  /** Calls the listener after each change of what central knows; returns how to stop. */
  onChange: (listener: () => void) => () => void;
}

export interface Console extends AsyncDisposable {
  readonly url: string;
  /** Made at the first start only: whoever opened the console tells it once. */
  readonly firstPassword: string | null;
}

/** Rejects with `kiosk/port-taken` where something else listens already. */
export async function openConsole(options: ConsoleOptions): Promise<Console> {
  const { store, clock, random, host, port } = options;
  const server = fastify({ forceCloseConnections: true, bodyLimit: 4_096 });
  const closing = new AbortController();
  const sessions = openSessions(clock, random);
  const listeningSinceMs = clock.wallMs();
  const staff = await openStaff(store, random);
  secure(server);
  serveDoor(server, sessions, staff, clock);
  servePage(server, options.page);
  server.register(async (inside) => {
    inside.addHook('onRequest', async ({ headers }, reply) => {
      if (sessions.nameOf(headers.cookie) === null) return reply.code(401).send({ refused: 'session' });
    });
    serveReading(inside, { ...options, nameOf: sessions.nameOf });
    inside.get('/api/live', ({ headers }, reply) => {
      const read = () => store.read((db) => withRoomTasks(db, overview(db, clock.wallMs(), listeningSinceMs)));
      const stillIn = () => sessions.nameOf(headers.cookie) !== null;
      streamLive(reply, { ...options, read, stillIn, closing: closing.signal }).catch(() => reply.raw.destroy());
    });
  });
  const url = await listen(server, host, port);
  return {
    url,
    firstPassword: staff.firstPassword,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await server.close();
    },
  };
}

/** Five wrong passwords a name and address, twenty an address, in a quarter of an hour. */
const windowMs = 15 * 60_000;

function serveDoor(server: FastifyInstance, sessions: Sessions, staff: Staff, clock: Clock): void {
  const perName = openThrottle(clock, { tries: 5, windowMs });
  const perAddress = openThrottle(clock, { tries: 20, windowMs });
  server.post('/api/sign-in', async (request, reply) => {
    if (!isSignIn(request.body)) return reply.code(400).send({ refused: 'shape' });
    const { name, password } = request.body;
    const key = `${request.ip}|${name}`;
    const waitMs = Math.max(perName.tryOnce(key), perAddress.tryOnce(request.ip)); // counted before the slow hash
    if (waitMs > 0)
      return reply
        .code(429)
        .header('retry-after', Math.ceil(waitMs / 1_000))
        .send({ refused: 'too-many', waitMs });
    if (!(await staff.matches(name, password))) return reply.code(401).send({ refused: 'password' });
    perName.forgive(key);
    perAddress.forgive(request.ip);
    return reply.header('set-cookie', sessions.begin(name)).send({ name });
  });
  server.post('/api/sign-out', async ({ headers }, reply) =>
    reply.header('set-cookie', sessions.end(headers.cookie)).send({ name: null }),
  );
  server.get('/api/me', async ({ headers }) => ({ name: sessions.nameOf(headers.cookie) }));
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    await server.close();
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new ProblemError('kiosk/port-taken', `port ${port} of ${host} is taken`, { cause });
  }
}
