import type { FastifyInstance } from 'fastify';
import { jobOf, recentJobs, timelineOf } from '#central/fleet/jobs.ts';
import { ownBooks } from '#central/fleet/kiosks.ts';
import { oddities } from '#central/fleet/oddities.ts';
import { lookUp } from '#central/fleet/search.ts';
import { checkStock, movementsOf } from '#central/fleet/stock.ts';
import { verifyReceipt } from '#central/fleet/verify-receipt.ts';
import { visitsEnded } from '#central/fleet/visits.ts';
import type { Clock } from '#kit/clock.ts';
import type { Db, Store } from '#kit/store.ts';
import { isSearchBody } from './bodies.generated.ts';
import { saidOf } from './morning.ts';

export interface ReadingOptions {
  store: Store;
  clock: Clock;
  lookupKey: Uint8Array;
  /** Who asks; every route here is behind the door. */
  nameOf: (cookie: string | undefined) => string | null;
}

/** What the page may ask besides the live overview. Nothing here changes anything, save the look-up log. */
export function serveReading(server: FastifyInstance, { store, clock, lookupKey, nameOf }: ReadingOptions): void {
  server.get<{ Params: { kiosk: string } }>('/api/kiosk/:kiosk', async ({ params }) =>
    store.read((db) => kioskDetail(db, params.kiosk, clock.wallMs())),
  );
  server.get('/api/jobs', async () => store.read((db) => recentJobs(db, { limit: 100 })));
  server.get<{ Querystring: { subject?: string } }>('/api/job', async ({ query }, reply) => {
    const subject = query.subject ?? '';
    const job = store.read((db) => jobOf(db, subject));
    if (!job) return reply.code(404).send({ refused: 'unknown' });
    return { job, lines: store.read((db) => timelineOf(db, subject)) };
  });
  server.get('/api/oddities', async () => store.read((db) => oddities(db, 200)));
  server.post('/api/search', async (request, reply) => {
    const who = nameOf(request.headers.cookie);
    if (who === null || !isSearchBody(request.body)) return reply.code(400).send({ refused: 'value' });
    const answer = lookUp(store, lookupKey, clock.wallMs(), { who, ...request.body });
    if (!answer.ok) return reply.code(400).send({ refused: answer.refused });
    const { kind, value } = request.body;
    return { found: answer.found, ...(kind === 'receipt' && { receipt: await verifyReceipt(store, value) }) };
  });
}

export type KioskDetail = ReturnType<typeof kioskDetail>;

function kioskDetail(db: Db, kiosk: string, nowMs: number) {
  return {
    check: checkStock(db, kiosk, ownBooks(db, kiosk)),
    movements: movementsOf(db, kiosk, 12),
    jobs: recentJobs(db, { kiosk, limit: 12 }),
    visitsToday: visitsEnded(db, nowMs, kiosk),
    ...saidOf(db, kiosk),
  };
}
