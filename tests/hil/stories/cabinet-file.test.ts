import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCabinet } from '#cabinet/cabinet.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openPlace, simulatedStory } from '#tests/hil/place/open-place.ts';
import { kioskOnPorts, realCabinet } from '#tests/hil/place/real-ports.ts';

function written(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'anjungan-cabinet-file-')), 'cabinet.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test('one schema names simulated machines and real ports, and both at once', async () => {
  const clock = systemClock;
  const sockets = mkdtempSync(join(tmpdir(), 'anjungan-hil-sockets-'));
  const random = seededRandom('cabinet file');
  await using cabinet = await openCabinet({ clock, random, links: { socketsIn: sockets }, pacing: 'zero' });
  const simulated = cabinet.devicesFile();
  expect(realCabinet(written(simulated))).toEqual(simulated);

  const real = {
    ...simulated,
    cardPrinter: {
      ...simulated.cardPrinter,
      link: { kind: 'serial', path: '/dev/serial/by-id/usb-Evolis', baudRate: 115_200 },
    },
    panel: { ...simulated.panel, link: { kind: 'serial', path: '/dev/ttyACM0', baudRate: 57_600 } },
    camera: { driver: 'mjpeg', command: ['rpicam-vid', '-n', '-t', '0', '--codec', 'mjpeg', '-o', '-'] },
  };
  expect(realCabinet(written(real))).toEqual(real);
  expect(realCabinet(undefined)).toBeNull();
});

test('a file that is no cabinet file is refused in one line', () => {
  expect(() => realCabinet(written({ v: 1, cardPrinter: 'somewhere' }))).toThrow(/is not a cabinet file/);
});

simulatedStory('the same story on ports that only the cabinet file names', async () => {
  await using place = await openPlace({ cabinet: { camera: true } });
  const { scene } = place;
  const file = realCabinet(written(scene.parts.cabinet.devicesFile()));
  if (!file) throw new Error('there is a file');
  await scene.parts.kiosk.stop();
  const { folder, clock } = scene;
  scene.parts.kiosk = await kioskOnPorts(file, { folder, clock, onWrite: scene.writes.written });
  scene.watch.follow(scene.parts.kiosk);
  await place.isReady();
  const siti = place.citizen('FIRST-01');
  await siti.asksForHerCard();
  await siti.takesTheCard();
  expect(await place.cardsInHand(siti)).toHaveLength(1);
  await place.addsUp();
});
