import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { groupedPickupNumber, qrPrefix } from '#contract/uplink/codes.ts';
import { sceneJpeg } from '#drivers/camera/mjpeg/simulator/picture.ts';
import type { Log } from '#kit/log.ts';
import { act, readAction } from './actions.ts';
import type { Cabinet } from './cabinet.ts';
import { cardPng, paperPng, stripPng } from './pictures.ts';
import { viewOf } from './view.ts';
import { findCard } from './world/cards.ts';
import type { Device } from './world/plain.ts';

/** A person of the demo, for the list on the page: the same shape that `npm run pickup -- --list --json` prints. */
export interface DemoCitizen {
  code: string;
  pin: string;
  name: string;
  expect: string;
}

/** What the page asks for once: `number` is the code as a person reads it, `qr` the text of its QR code. */
export interface About {
  kioskUrl: string | null;
  citizens: (DemoCitizen & { number: string; qr: string })[];
}

export interface PageOptions {
  cabinet: Cabinet;
  /** Folder with the built page. */
  page: string;
  /** 0 lets the system choose. */
  port: number;
  host?: string;
  /** The kiosk's own page, framed beside the drawing. */
  kioskUrl?: string;
  citizens?: readonly DemoCitizen[];
  log: Log;
}

export interface PageServer extends AsyncDisposable {
  /** Where a browser finds the page. */
  readonly url: string;
}

/** Serves the drawing of the world and lets people act in it. Rejects with EADDRINUSE where the port is taken. */
export async function servePage(options: PageOptions): Promise<PageServer> {
  const server = fastify({ forceCloseConnections: true, bodyLimit: 4_096 });
  const host = options.host ?? '127.0.0.1';
  secure(server, options.kioskUrl);
  serveWorld(server, options);
  servePictures(server, options.cabinet);
  serveFiles(server, options.page);
  await server.listen({ host, port: options.port });
  const { port } = server.server.address() as { port: number };
  return { url: `http://${host}:${port}/`, [Symbol.asyncDispose]: () => server.close() };
}

/** Nothing from elsewhere, except the one frame; and no page from elsewhere may press our buttons. */
function secure(server: FastifyInstance, kioskUrl: string | undefined): void {
  const own =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'";
  const frame = kioskUrl ? `; frame-src ${new URL(kioskUrl).origin}` : '';
  const policy = `${own}${frame}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  server.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', policy).header('x-content-type-options', 'nosniff');
    const { origin, host } = request.headers;
    if (request.method === 'POST' && origin !== undefined && origin !== `http://${host}`) {
      return reply.code(403).send({ refused: 'this page only' });
    }
  });
}

function serveWorld(server: FastifyInstance, { cabinet, kioskUrl, citizens = [] }: PageOptions): void {
  const about: About = { kioskUrl: kioskUrl ?? null, citizens: citizens.map(withCode) };
  server.get('/about', async () => about);
  server.get('/view', (_request, reply) => streamView(cabinet, reply));
  server.post('/do', async (request, reply) => {
    const action = readAction(request.body);
    if (!action || !act(cabinet, action)) return reply.code(400).send({ refused: 'nobody can do that' });
    return { done: action.verb };
  });
}

function withCode(citizen: DemoCitizen): About['citizens'][number] {
  return { ...citizen, number: groupedPickupNumber(citizen.code), qr: `${qrPrefix}${citizen.code}` };
}

/** The whole view at once and again after each burst of changes, as server-sent events. */
function streamView(cabinet: Cabinet, reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = () => {
    const view = viewOf(cabinet.world.now, {
      connected: (device: Device) => cabinet.isConnected(device),
      hasScanner: cabinet.hasScanner,
    });
    if (!reply.raw.destroyed) reply.raw.write(`data: ${JSON.stringify(view)}\n\n`);
  };
  const changed = oncePerBurst(send);
  const stops = [cabinet.world.onChange(changed), cabinet.onPlug(changed)];
  reply.raw.on('close', () => {
    for (const stop of stops) stop();
  });
  send();
}

/** Runs `work` once per burst of calls, before anything else can happen in this process. */
function oncePerBurst(work: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      work();
    });
  };
}

function servePictures(server: FastifyInstance, { world }: Cabinet): void {
  const png = async (reply: FastifyReply, picture: Uint8Array | null) =>
    picture ? reply.type('image/png').send(picture) : reply.code(404).send('no picture');
  server.get<{ Params: { id: string } }>('/card/:id.png', async ({ params }, reply) =>
    png(reply, await cardPng(findCard(world.now, params.id), world.bitmaps)),
  );
  server.get<{ Params: { id: string } }>('/paper/:id.png', async ({ params }, reply) => {
    const paper = world.now.receipt.papers.find(({ id }) => id === params.id);
    return png(reply, await paperPng(paper, world.bitmaps));
  });
  server.get('/strip.png', async (_request, reply) => png(reply, await stripPng(world.now.receipt.strip)));
  server.get('/camera.jpg', async (_request, reply) => reply.type('image/jpeg').send(await sceneJpeg(world.scene)));
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
};

const NOT_BUILT = 'The page is not built yet: `npm start` builds it.';

function serveFiles(server: FastifyInstance, folder: string): void {
  server.get('/*', async (request, reply) => {
    const path = join(folder, normalize(`/${(request.params as { '*': string })['*'] || 'index.html'}`));
    const type = types[extname(path)];
    if (path === join(folder, 'index.html') && !existsSync(path)) return reply.code(503).send(NOT_BUILT);
    if (!type || !statSync(path, { throwIfNoEntry: false })?.isFile()) return reply.code(404).send('not here');
    return reply.type(type).send(readFileSync(path));
  });
}
