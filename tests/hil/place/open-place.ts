import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, vi } from 'vitest';
import { cardInBezel } from '#cabinet/world/cards.ts';
import type { NewWorld } from '#cabinet/world/plain.ts';
import type { Tap } from '#contract/screen/taps.ts';
import { symbolsReady } from '#drivers/receipt-printer/escpos/simulator/symbols.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { drawnFinger } from '#tests/support/drawn-fingers.ts';
import { openPlace as openParts } from '#tools/place/place.ts';
import { addsUp } from './adds-up.ts';
import { centralTexts, entriesOf, journalTexts, kioskStock } from './books.ts';
import { centralIn } from './central.ts';
import { citizenIn } from './citizen.ts';
import { cardsOutside } from './faces.ts';
import { deliversFingers } from './fingers.ts';
import { askedHands, simulatedHands } from './hands.ts';
import { kioskProcessIn } from './kiosk-life.ts';
import type { Place, PlaceSetup } from './place.ts';
import { kioskOnPorts, realCabinet } from './real-ports.ts';
import { kioskOf, namesOf, type Scene, screenOf, tapOn, untilShown } from './scene.ts';
import { watchScreen } from './screen-watch.ts';
import { operatorIn, technicianIn } from './staff.ts';
import { eventually, leapingClock, letPass, realClock } from './time.ts';
import { writeHooks } from './write-hooks.ts';

export type { Place } from './place.ts';

const real = realCabinet();
if (real) vi.setConfig({ testTimeout: 1_800_000 }); // people are slower than events

/** A story that asks of a machine what only a simulated one can do. */
export const simulatedStory = test.skipIf(real !== null);

/** Opens a whole place in a folder of its own: office, broker, controller and cabinet. Ready for the first citizen where it can be. */
export async function openPlace(setup: PlaceSetup = {}): Promise<Place> {
  const scene = await openScene(setup);
  const place = placeOver(scene);
  const { cardsInFeeder = 10 } = setup.cabinet ?? {};
  if (cardsInFeeder > 0) await place.operator.loads(cardsInFeeder, { document: 'BA-0001' });
  await hasStarted(scene);
  return place;
}

async function openScene(setup: PlaceSetup): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-hil-'));
  const clock = real ? realClock : leapingClock();
  const writes = writeHooks();
  const { cabinet = {}, dayLimit } = setup;
  let boards = 1;
  await symbolsReady();
  const parts = await openParts({
    demoDrops: tmpdir(),
    ...{ folder, clock, random: systemRandom, log: silentLog, pacing: 'zero', onWrite: writes.written },
    boardBoot: () => `board-${boards}`,
    links: cabinet.camera ? 'sockets' : 'memory',
    begin: worldOf(cabinet),
    ...(cabinet.printerBranches && { cardPrinter: { branches: cabinet.printerBranches } }),
    ...(cabinet.scanner && { fingerPicture: drawnFinger, delivered: deliversFingers(cabinet.scanner, folder) }),
    ...(dayLimit !== undefined && { dayLimit }),
  });
  const realPorts = real !== null;
  const { world } = parts.cabinet;
  const hands = realPorts ? askedHands() : simulatedHands(world);
  const watch = watchScreen({
    world: () => (realPorts ? null : world.now),
    centralHasOutcome: () => newestOutcomeIsAtCentral(scene),
  });
  const scene: Scene = {
    folder,
    parts,
    clock,
    hands,
    watch,
    writes,
    realPorts,
    people: new Set(),
    cutShort: new Set(),
    boardStartsAnew() {
      boards += 1;
    },
    centralAway: null,
  };
  if (real) {
    await parts.kiosk.stop();
    parts.kiosk = await kioskOnPorts(real, { folder, clock, onWrite: writes.written });
  }
  watch.follow(parts.kiosk);
  return scene;
}

function worldOf({ ribbonPrints, rejectBoxHolds }: NonNullable<PlaceSetup['cabinet']>): NewWorld {
  return {
    blanks: 100,
    ...(ribbonPrints !== undefined && { ribbonPrints }),
    ...(rejectBoxHolds !== undefined && { rejectBoxCapacity: rejectBoxHolds }),
  };
}

function newestOutcomeIsAtCentral(scene: Scene): boolean {
  const own = journalTexts(scene);
  const at = own.findLastIndex((text) => text.startsWith('{"type":"print.outcome"'));
  return at >= 0 && centralTexts(scene)[at] === own[at];
}

/** The first welcome that says more than that the machine is starting, with a receipt printer that was met: the welcome does not wait for it. */
async function hasStarted(scene: Scene): Promise<void> {
  const beginning = ['kiosk/starting', 'central/unreachable', 'panel/sensor-silent', 'card-printer/unreachable'];
  const begun = () => {
    const names = namesOf(screenOf(scene));
    const paper = kioskOf(scene).devices.health()['receipt-printer']?.state;
    const isMet = paper === 'ready' || paper === 'trouble';
    return isMet && names.includes('welcome') && !beginning.some((code) => names.includes(code));
  };
  await eventually(scene.clock, begun, () => `it does not start: ${JSON.stringify(screenOf(scene))}`);
}

function placeOver(scene: Scene): Place {
  const { parts, clock, watch } = scene;
  const { world } = parts.cabinet;
  const central = centralIn(scene);
  const restart = async () => {
    if (real) return kioskOnPorts(real, { folder: scene.folder, clock, onWrite: scene.writes.written });
    await parts.restartKiosk();
    return parts.kiosk;
  };
  return {
    scene,
    central,
    operator: operatorIn(scene),
    technician: technicianIn(scene),
    kiosk: kioskProcessIn(scene, restart),
    citizen: (code) => citizenIn(scene, code),
    screenShows: (...wanted) => untilShown(scene, ...wanted),
    isReady: () => untilShown(scene, 'full'),
    cardsInHand: async ({ code }) =>
      (await cardsOutside(scene)).filter(({ hand, bears }) => hand === code && bears === code),
    papers: () => world.now.receipt.papers.map(({ lines }) => lines.join('\n')),
    entries: (type) => entriesOf(scene, type),
    atPanel: (panel, act) => onPanel(scene, panel, act),
    watch,
    touches: (tap) => touch(scene, tap),
    nextMorning() {
      clock.turnWallForward(24 * 3_600_000);
      return letPass(clock, 20);
    },
    async handTakesCard({ code }) {
      const out = () => cardInBezel(world.now) !== undefined;
      await eventually(clock, out, () => 'no card came out');
      scene.hands('takeCard', code);
    },
    journalAheadOfCentral: () => journalTexts(scene).length > centralTexts(scene).length,
    passes: (seconds) => letPass(clock, seconds),
    until: (what, wanted) => eventually(clock, wanted, () => `never: ${what}`),
    addsUp: (allowed = {}) => addsUp(scene, allowed),
    get screen() {
      return screenOf(scene);
    },
    get stock() {
      return kioskStock(scene);
    },
    get reported() {
      const { screen } = screenOf(scene);
      return screen.at === 'goodbye' && screen.reported;
    },
    get world() {
      return world.now;
    },
    async [Symbol.asyncDispose]() {
      watch.stop();
      if (scene.centralAway) await central.comesBack();
      await parts[Symbol.asyncDispose]();
      rmSync(scene.folder, { recursive: true, force: true });
    },
  };
}

/** The finger notices nothing of a controller that dies under it. */
function touch(scene: Scene, tap: Tap): void {
  try {
    tapOn(scene, tap);
  } catch (error) {
    if (!String(error).includes('database connection is not open')) throw error;
  }
}

function onPanel({ parts }: Scene, panel: string, act: () => void): void {
  const stop = parts.cabinet.world.onChange((now, before) => {
    const last = now.history.at(-1);
    if (last === before.history.at(-1) || last?.what !== `panel ${panel} printed`) return;
    stop();
    act();
  });
}
