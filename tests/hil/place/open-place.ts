import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, vi } from 'vitest';
import { cardInBezel } from '#cabinet/world/cards.ts';
import type { NewWorld, World } from '#cabinet/world/plain.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Entry, EntryType } from '#contract/uplink/entries.ts';
import { silentLog } from '#kit/log.ts';
import { systemRandom } from '#kit/random.ts';
import { openPlace as openParts } from '#tools/place/place.ts';
import { type Allowed, addsUp } from './adds-up.ts';
import { type Accounts, centralTexts, entriesOf, journalTexts, kioskStock } from './books.ts';
import { type CentralDesk, centralIn } from './central.ts';
import { type Citizen, citizenIn } from './citizen.ts';
import { type CardInHand, cardsOutside } from './faces.ts';
import { askedHands, simulatedHands } from './hands.ts';
import { type KioskProcess, kioskProcessIn } from './kiosk-life.ts';
import { kioskOnPorts, realCabinet } from './real-ports.ts';
import { namesOf, type Scene, screenOf, tapOn, untilShown } from './scene.ts';
import { type ScreenWatch, watchScreen } from './screen-watch.ts';
import { type Operator, operatorIn, type Technician, technicianIn } from './staff.ts';
import { eventually, leapingClock, letPass, realClock } from './time.ts';
import { writeHooks } from './write-hooks.ts';

const real = realCabinet();
if (real) vi.setConfig({ testTimeout: 1_800_000 }); // people are slower than events

/** A story that asks of a machine what only a simulated one can do. */
export const simulatedStory = test.skipIf(real !== null);

export interface PlaceSetup {
  cabinet?: {
    cardsInFeeder?: number;
    ribbonPrints?: number;
    rejectBoxHolds?: number;
    /** A camera is a program of its own, and makes every wire of the cabinet a real socket. */
    camera?: boolean;
  };
  dayLimit?: number;
}

/** A kiosk at an office, the people around it, and what can be seen of it. */
export interface Place extends AsyncDisposable {
  readonly operator: Operator;
  readonly technician: Technician;
  readonly central: CentralDesk;
  readonly kiosk: KioskProcess;
  citizen(code: string): Citizen;
  /** Waits until the screen shows a step, or a code of the problem table. */
  screenShows(...wanted: string[]): Promise<void>;
  readonly screen: ScreenState;
  /** Waits until the next person could be served with a card. */
  isReady(): Promise<void>;
  /** Cards that this person holds and that bear this person's whole face. */
  cardsInHand(citizen: { code: string }): Promise<CardInHand[]>;
  /** The papers that lie in the tray or were taken, newest last, as text. */
  papers(): string[];
  entries<T extends EntryType>(type: T): Extract<Entry, { type: T }>[];
  readonly stock: Accounts;
  readonly reported: boolean;
  /** Runs when the head has laid this panel on a card, before anything else happens. */
  atPanel(panel: 'y' | 'm' | 'c' | 'k' | 'o', act: () => void): void;
  /** A finger on the page; does not wait for what comes of it. */
  touches(tap: Tap): void;
  /** A hand at the slot, whatever the screen says: takes the card as soon as one is there. */
  handTakesCard(citizen: { code: string }): Promise<void>;
  /** Whether the kiosk knows more than central has heard. */
  journalAheadOfCentral(): boolean;
  readonly watch: ScreenWatch;
  nextMorning(): Promise<void>;
  passes(seconds: number): Promise<void>;
  /** Waits for something that has no word of its own. */
  until(what: string, wanted: () => boolean): Promise<void>;
  readonly world: World;
  readonly scene: Scene;
  addsUp(allowed?: Allowed): Promise<void>;
}

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
  const parts = await openParts({
    ...{ folder, clock, random: systemRandom, log: silentLog, pacing: 'zero', onWrite: writes.written },
    links: cabinet.camera ? 'sockets' : 'memory',
    begin: worldOf(cabinet),
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

/** The first welcome that says more than that the machine is starting. */
async function hasStarted(scene: Scene): Promise<void> {
  const beginning = ['kiosk/starting', 'central/unreachable', 'panel/sensor-silent', 'card-printer/unreachable'];
  const begun = () => {
    const names = namesOf(screenOf(scene));
    return names.includes('welcome') && !beginning.some((code) => names.includes(code));
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
