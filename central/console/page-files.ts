import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};
const notBuilt = 'Halaman belum dibangun. / The page is not built yet: npm start builds it.';

/** The built page, read once: it holds no data and needs no session. */
export function servePage(server: FastifyInstance, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) {
    server.get('/', (_, reply) => reply.code(503).type('text/plain; charset=utf-8').send(notBuilt));
    return;
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const type = types[extname(file)];
    if (!entry.isFile() || !type) continue;
    const body = readFileSync(file);
    const path = `/${file
      .slice(folder.length + 1)
      .split(sep)
      .join('/')}`;
    server.get(path === '/index.html' ? '/' : path, (_, reply) => reply.type(type).send(body));
  }
}
