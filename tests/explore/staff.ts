import type { Card } from '#cabinet/world/plain.ts';
import type { WaitingCard } from '#controller/operators/desk.ts';
import { bodyOf, wholeBodyOf } from './bodies.ts';
import { factsIn, journalOf, stockIn } from './books.ts';
import { blanksAt, named } from './cards.ts';
import { mendLater } from './mending.ts';
import type { Universe } from './universe.ts';

/** What two people do at the cabinet, as plain data: which errand, how far they are, and a number they wrote down. */
export interface Errand {
  name: string;
  step: number;
  noted: number;
  /** Since when they wait for a machine that lets them go on. */
  sinceMs: number | null;
}

export const errand = (name: string): Errand => ({ name, step: 0, noted: 0, sinceMs: null });

/** True when it is done. What is typed and not answered is looked up in the books before it is typed again. */
type Step = (universe: Universe, errand: Errand) => boolean;

const by = ['op-1', 'op-2'];
const booked = ({ kiosk }: Universe, account: string) => (kiosk ? (stockIn(kiosk.store)[account] ?? 0) : 0);

function typed(isThere: Step, types: (universe: Universe, errand: Errand) => void): Step {
  return (universe, mine) => {
    if (!universe.kiosk || isThere(universe, mine)) return universe.kiosk !== null;
    universe.trace(`op-1 and op-2 type: ${mine.name}`);
    types(universe, mine);
    return true;
  };
}

const waits = ({ kiosk }: Universe) => kiosk?.controller.desk.waiting()[0];

/** They take out what lies in the box, and wait until the body of the card is there that the desk names. */
function looksFor(find: (universe: Universe, row: WaitingCard) => Card | null): Step {
  return (universe, mine) => {
    universe.physics.world.emptyRejectBox('op-1');
    const row = waits(universe);
    const body = row && find(universe, row);
    mine.noted = body ? Number(body.id.slice(idStart.length)) : 0;
    return !row || mine.noted > 0;
  };
}

const hasBody = ({ world }: Universe) => world.cards.some(({ place }) => place === 'box');

const idStart = 'blanko-';
const notedCard = ({ noted }: Errand) => `${idStart}${String(noted).padStart(4, '0')}`;

/** Where no entry says where it is. */
const saysWhereItWas: Step = typed(
  (universe, { noted }) => noted === 0 || waits(universe)?.place !== 'unknown',
  (universe) => {
    const subject = waits(universe)?.subject;
    if (subject) universe.kiosk?.controller.desk.found({ subject, place: 'box', by });
  },
);

function destroys(universe: Universe): void {
  const subject = waits(universe)?.subject;
  if (subject) universe.kiosk?.controller.desk.destroy({ subject, document: 'BA-0009', by });
}

const destroysIt: Step = typed((universe, { noted }) => noted === 0 || waits(universe) === undefined, destroys);

const handsItOver: readonly Step[] = [
  typed(
    (universe, { noted }) => noted === 0 || waits(universe) === undefined,
    (universe) => {
      const subject = waits(universe)?.subject;
      if (subject) universe.kiosk?.controller.desk.handOver({ subject, by });
    },
  ),
  /** Only what is booked leaves their hands. */
  ({ kiosk, physics, town, world }, mine) => {
    const isBooked = kiosk && factsIn(journalOf(kiosk.store)).some(({ type }) => type === 'card.handed-over');
    const card = world.cards.find(({ id }) => id === notedCard(mine));
    const owner = card && named(town, card)[0];
    if (isBooked && card && owner) physics.world.giveCard(card.id, 'op-1', owner);
    return true;
  },
];

/** As many as the books hold go to the safe; what is more goes back into the feeder, for it is somebody's doubt. */
function booksRemoval({ kiosk, physics }: Universe, mine: Errand): void {
  const inBooks = kiosk ? (stockIn(kiosk.store).hopper ?? 0) : 0;
  const more = mine.noted - inBooks;
  if (more > 0) physics.world.loadHopper(more, 'op-1');
  mine.noted = Math.min(mine.noted, inBooks);
  kiosk?.controller.stock.unload({ count: mine.noted, document: 'BA-0003', by });
}

function kindsWithStaff({ world }: Universe) {
  const inked = world.cards.filter(({ place }) => place === 'hand:op-1').map(({ ink }) => ink.length);
  const complete = inked.filter((panels) => panels === 5).length;
  const blank = inked.filter((panels) => panels === 0).length;
  return { complete, blank, partial: inked.length - complete - blank };
}

const takesOutOfBox: Step = ({ physics }, mine) => {
  mine.noted = physics.world.emptyRejectBox('op-1');
  return true;
};

/** Through door and cover, and without a word in the books. The door falls shut a second later: a hand takes time. */
export function reachesIn(universe: Universe, does: (world: Universe['physics']['world']) => unknown): void {
  const { world } = universe.physics;
  if (universe.silentSinceMs !== null) universe.reachedUnseen = true;
  world.openDoor('operator');
  world.openCover('operator');
  does(world);
  world.closeCover('operator');
  void mendLater(universe, 1_000, () => world.closeDoor('operator'));
}

const acted = ({ kiosk }: Universe, action: string): boolean =>
  kiosk !== null && factsIn(journalOf(kiosk.store)).some(({ data }) => data.action === action);

export const errands: Record<string, readonly Step[]> = {
  refill: [
    ({ physics }) => physics.world.loadHopper(3, 'op-1') > 0,
    typed(
      (universe) => booked(universe, 'hopper') >= blanksAt(universe.world, 'hopper'),
      ({ kiosk }) => kiosk?.controller.stock.load({ count: 3, document: 'BA-0002', by }),
    ),
  ],
  removal: [
    ({ physics }, mine) => {
      mine.noted = physics.world.emptyFeeder('op-1');
      return true;
    },
    typed((universe) => booked(universe, 'hopper') === 0, booksRemoval),
  ],
  /** Three blanks are in the feeder, and they write four. */
  'miscounts the refill': [
    ({ physics }) => physics.world.loadHopper(3, 'op-1') > 0,
    typed(
      (universe) => booked(universe, 'hopper') > blanksAt(universe.world, 'hopper'),
      ({ kiosk }) => kiosk?.controller.stock.load({ count: 4, document: 'BA-0004', by }),
    ),
  ],
  'changes the ribbon': [
    ({ physics }) => physics.world.changeRibbon('op-1'),
    typed(
      ({ kiosk }) => (kiosk?.controller.ribbons.bags().length ?? 0) > 0,
      ({ kiosk }) => kiosk?.controller.ribbons.change({ bag: 'K-0001', printsLeft: 200, by }),
    ),
  ],
  /** The first thing in a new epoch: what lies in the feeder, and what lay in the box, by kind. */
  'opening count': [
    takesOutOfBox,
    typed(
      ({ kiosk }) => kiosk?.controller.stock.needsOpeningCount() === false,
      (universe) => {
        const { complete, partial, blank } = kindsWithStaff(universe);
        const hopper = blanksAt(universe.world, 'hopper');
        universe.kiosk?.controller.stock.openingCount({ hopper, complete, partial, blank, by });
      },
    ),
  ],
  /** As a case asks for: everything that lies there, by kind, and nothing is signed away. */
  'counts hopper and box': [
    takesOutOfBox,
    typed(
      (universe) => acted(universe, 'emptied-box'),
      (universe) => universe.kiosk?.controller.stock.emptyBox({ ...kindsWithStaff(universe), by }),
    ),
    typed(
      (universe) => acted(universe, 'counted-hopper'),
      ({ kiosk, world }) => kiosk?.controller.stock.countHopper({ count: blanksAt(world, 'hopper'), by }),
    ),
  ],
  /** The body is in their hands, and is destroyed: the right comes back. */
  'destroys the doubtful card': [looksFor(bodyOf), saysWhereItWas, destroysIt],
  /**
   * They sign for a body that they do not have. Where another one lies in the box they look at it: two people who sign for
   * the wrong body are more than the promise is made against.
   */
  'signs for a card that is not there': [
    typed(
      (universe) => (waits(universe)?.state ?? 'blank-in-doubt') === 'blank-in-doubt' || hasBody(universe),
      destroys,
    ),
  ],
  'hands the card over': [looksFor(wholeBodyOf), saysWhereItWas, ...handsItOver],
};

const patienceMs = 90_000;

/** Lets the staff do the next thing they came for, once nobody is being served. False where they cannot. */
export function staffActs(universe: Universe): boolean {
  const { errands: waiting } = universe.crowd;
  const [mine] = waiting;
  if (!mine) return false;
  mine.sinceMs ??= universe.clock.nowMs;
  if (universe.clock.nowMs - mine.sinceMs > patienceMs) return leave(universe, 'give up');
  const screen = universe.kiosk?.controller.kiosk.screen.value.screen;
  if (screen?.at !== 'welcome') return false;
  const step = errands[mine.name]?.[mine.step];
  if (!step) return leave(universe, 'are done');
  if (!isDone(universe, mine, step)) return false;
  mine.step += 1;
  mine.sinceMs = null; // what is begun is worth waiting for
  return true;
}

function isDone(universe: Universe, mine: Errand, step: Step): boolean {
  try {
    return step(universe, mine);
  } catch (error) {
    if (!universe.kiosk || universe.kiosk.hasFailedDisk) return false; // it died under their hands, or is about to
    universe.trace(`the kiosk refuses: ${(error as Error).message}`);
    return leave(universe, 'are refused');
  }
}

function leave({ crowd, trace }: Universe, how: string): boolean {
  trace(`op-1 and op-2 ${how}: ${crowd.errands.shift()?.name}`);
  return true;
}
