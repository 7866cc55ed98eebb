import type { FastifyInstance } from 'fastify';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Nothing from elsewhere, nothing kept, nothing framed; and no page from elsewhere may act with our cookie. */
export function secure(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    if (request.method === 'POST' && !sameOrigin(request.headers)) return reply.code(403).send({ refused: 'origin' });
  });
}

/** The host is compared and not the scheme: a proxy before us may speak TLS. */
function sameOrigin({ origin, host }: { origin?: string | undefined; host?: string | undefined }): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
