import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawnFingers } from '#cabinet/fingers/drawn-fingers.ts';
import type { Pacing } from '#cabinet/pacing.ts';
import { servePage } from '#cabinet/page-server.ts';
import { preparingScreen } from '#controller/screen-server/preparing.ts';
import { openScreenServer, type ScreenServer } from '#controller/screen-server/screen-server.ts';
import { systemClock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { buildPages } from '#tools/build-pages.ts';
import { openPlace, type Place } from '#tools/place/place.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import { choosePorts } from '#tools/start/ports.ts';

/** A kiosk with cards in it and an officer nearby: its page, and the cabinet's page with the kiosk framed beside it. */
export interface Counter extends AsyncDisposable {
  readonly place: Place;
  readonly kioskUrl: string;
  readonly cabinetUrl: string;
  /** The kiosk's program goes, its page with it. */
  kioskGoes(): Promise<void>;
  kioskReturns(): Promise<void>;
}

const repo = join(import.meta.dirname, '../..');
const host = '127.0.0.1';

/** `scanner`: a glass to put fingers on; central holds both index fingers of everybody. */
export async function openCounter({ pacing, scanner }: { pacing: Pacing; scanner?: true }): Promise<Counter> {
  await buildPages({ quiet: true });
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-'));
  const ports = await choosePorts({ 'kiosk-port': '0', 'cabinet-port': '0' });
  const kioskUrl = `http://${host}:${ports['kiosk-port']}`;
  const framedBy = `http://${host}:${ports['cabinet-port']}`;
  const place = await openPlace({
    ...{ folder, pacing, clock: systemClock, random: systemRandom, log: silentLog },
    links: 'sockets',
    ...(scanner && { fingerPicture: drawnFingers() }),
  });
  stock(place);
  const citizens = demoCitizens.map(({ pickupCode, pin, name, expect }) => ({ code: pickupCode, pin, name, expect }));
  const page = join(repo, 'cabinet/page/dist');
  const drawing = { page, port: ports['cabinet-port'], kioskUrl, citizens, log: silentLog };
  const cabinet = await servePage({ cabinet: place.cabinet, ...drawing });
  const openScreen = () => screenOf({ port: ports['kiosk-port'], framedBy });
  let screen = await openScreen();
  screen.follow(place);
  return {
    ...{ place, kioskUrl, cabinetUrl: cabinet.url },
    kioskGoes: async () => screen.server[Symbol.asyncDispose](),
    async kioskReturns() {
      screen = await openScreen();
      await place.restartKiosk();
      screen.follow(place);
    },
    async [Symbol.asyncDispose]() {
      await screen.server[Symbol.asyncDispose]();
      await cabinet[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function stock({ cabinet, kiosk }: Place): void {
  const { operators } = kiosk.controller;
  cabinet.world.loadHopper(20, 'OP-DEWI');
  operators.load({ count: 20, document: 'BA-0001', operatorId: 'OP-DEWI' });
  operators.openDuty({ operatorId: 'OP-DEWI', certificateId: 'CERT-0001' });
}

/** As the program opens it: the page is there before the kiosk is ready, and says so. */
async function screenOf(where: { port: number; framedBy: string }) {
  const { follow, ...screen } = preparingScreen();
  const server: ScreenServer = await openScreenServer({ ...screen, ...where, host, page: join(repo, 'kiosk-ui/dist') });
  return { server, follow: ({ kiosk }: Place) => follow(kiosk.controller.kiosk) };
}
