import { join } from 'node:path';
import { openFaceRenderer } from '#controller/card-face/open-face-renderer.ts';
import { controllerMigrations, openController } from '#controller/controller.ts';
import { type CabinetFile, readCabinetFile } from '#controller/devices/cabinet-file.ts';
import { openDevices } from '#controller/devices/devices.ts';
import { openKioskFiles } from '#controller/kiosk-files.ts';
import { systemBoardBoot } from '#kit/board-boot.ts';
import { silentLog } from '#kit/log.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { systemRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { openFileStore } from '#kit/store.ts';
import { demoKiosk, type KioskLife } from '#tools/place/place.ts';
import type { PlaceClock } from './time.ts';

/** The cabinet file of a cabinet that stands in the room; null where the machines are simulated. */
export function realCabinet(path = process.env.ANJUNGAN_CABINET): CabinetFile | null {
  return path === undefined ? null : readCabinetFile(path);
}

/** A life of the same controller over the same folder, on the ports that the cabinet file names. */
export async function kioskOnPorts(
  cabinet: CabinetFile,
  { folder, clock, onWrite }: { folder: string; clock: PlaceClock; onWrite: (name: string) => void },
): Promise<KioskLife> {
  const files = await openKioskFiles(join(folder, 'kiosk'), demoKiosk, joseSealer);
  const known = await files.enrolment();
  if (!known) throw new Error('the kiosk is not enrolled');
  const { enrolment, password } = known;
  const store = openFileStore(files.journalPath(enrolment.epoch), { migrations: controllerMigrations, onWrite });
  const identity = { clientId: demoKiosk, username: demoKiosk, password };
  const carrier = openMqttCarrier({ url: enrolment.brokerUrl, ...identity, reconnectMs: 100 });
  const shared = { clock, random: systemRandom, log: silentLog };
  const devices = openDevices({ ...shared, cabinet });
  const controller = openController({
    ...{ ...shared, store, carrier, sealer: joseSealer, devices, enrolment, boardBoot: systemBoardBoot() },
    renderer: openFaceRenderer({ workFolder: join(folder, 'fonts') }),
    secondsPerCard: cabinet.cardPrinter.secondsPerCard,
  });
  const end = new AbortController();
  const running = controller.run(end.signal);
  running.catch(() => undefined); // the story that opened the place waits for it
  const stop = async () => {
    end.abort();
    await carrier[Symbol.asyncDispose]();
    await running.catch(() => undefined);
    store.close();
  };
  return { devices, controller, store, running, stop };
}
