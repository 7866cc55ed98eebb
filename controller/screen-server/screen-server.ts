import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import fastify from 'fastify';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import { isTapRequest, type Tap } from '#contract/screen/taps.ts';
import type { Remembered } from '#kit/async.ts';
import { ProblemError } from '#kit/problem-error.ts';

export interface ScreenServerOptions {
  screen: Remembered<ScreenState>;
  tap: (tap: Tap) => void;
  /** Folder of the built page. */
  page: string;
  host: string;
  /** 0 = chosen by the system. */
  port: number;
  /** An address that may show this page in a frame: the cabinet's page, never in the field. */
  framedBy?: string;
}

export interface ScreenServer extends AsyncDisposable {
  readonly url: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Rejects with `kiosk/port-taken` where something else listens already. */
export async function openScreenServer(options: ScreenServerOptions): Promise<ScreenServer> {
  const { screen, tap, host, port, framedBy } = options;
  const app = fastify({ forceCloseConnections: true, bodyLimit: 4_096 });
  const closing = new AbortController();
  const answered = new Map<string, number>();

  app.addHook('onRequest', async (request, reply) => {
    if (!ownNames.has(request.hostname)) return reply.code(421).send({ error: 'host' }); // a foreign name that leads here
    reply.headers({
      'content-security-policy': `default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy ?? "'none'"}`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  app.get('/state', (request, reply) => {
    reply.hijack();
    const headers = Object.fromEntries(
      Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
    );
    reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, closing.signal]);
    reply.raw.write('retry: 500\n\n');
    const push = async () => {
      for await (const state of screen.changes(signal)) reply.raw.write(`data: ${JSON.stringify(state)}\n\n`);
      reply.raw.end();
    };
    void push();
  });

  app.post('/tap', (request, reply) => {
    const { origin, host: asked } = request.headers;
    if (origin !== `http://${asked}`) return reply.code(403).send({ error: 'origin' });
    if (!isTapRequest(request.body)) return reply.code(400).send({ error: 'tap' });
    const { rev, tapId, tap: tapped } = request.body;
    const before = answered.get(tapId);
    if (before !== undefined) return reply.code(before).send({ rev: screen.value.rev });
    const code = rev === screen.value.rev ? 200 : 409;
    answered.set(tapId, code);
    if (answered.size > 200) answered.delete(answered.keys().next().value as string);
    if (code === 200) tap(tapped);
    return reply.code(code).send({ rev: screen.value.rev });
  });

  for (const { path, type, body } of filesOf(options.page)) app.get(path, (_, reply) => reply.type(type).send(body));

  try {
    const url = await app.listen({ host, port });
    return {
      url,
      async [Symbol.asyncDispose]() {
        closing.abort();
        await app.close();
      },
    };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new ProblemError('kiosk/port-taken', `port ${port} of ${host} is taken`, { cause });
  }
}

/** The page is small and never changes while it is served: it is read once. */
function filesOf(folder: string): { path: string; type: string; body: Buffer }[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const path = `/${file
      .slice(folder.length + 1)
      .split(sep)
      .join('/')}`;
    const type = types[extname(path)];
    if (!type) return [];
    const row = { path, type, body: readFileSync(file) };
    return path === '/index.html' ? [row, { ...row, path: '/' }] : [row];
  });
}
