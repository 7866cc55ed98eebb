import { cardInBezel, cardInside } from '#cabinet/world/cards.ts';
import { newWorld } from '#cabinet/world/plain.ts';
import { isOutside } from './cards.ts';
import { type Death, person } from './faults.ts';
import { silenceSensors } from './mending.ts';
import { grab } from './people.ts';
import { errand, reachesIn } from './staff.ts';
import { MONDAY_MS } from './time.ts';
import type { Tuple } from './tuple.ts';
import type { Universe } from './universe.ts';

const isInside = ({ cabinet }: Tuple) => cardInside(cabinet.world) !== undefined;
const isInBezel = ({ cabinet }: Tuple) => cardInBezel(cabinet.world) !== undefined;
const isOpen = ({ cabinet }: Tuple) => cabinet.world.shutter.open;
const isHalf = ({ cabinet }: Tuple) =>
  Boolean((cabinet.machines['card-printer'] as PrinterMemory | undefined)?.stream?.download);
const hasSequence = ({ cabinet }: Tuple) =>
  Boolean((cabinet.machines['card-printer'] as PrinterMemory | undefined)?.sequence);
interface PrinterMemory {
  stream?: { download?: unknown };
  sequence?: unknown;
}

/** Something is on its way through the printer, or could get in. */
const isBusy = (tuple: Tuple) => isInside(tuple) || isInBezel(tuple) || isOpen(tuple);

/**
 * The same death, where a hand reached in through the door in the very millisecond of it: no report of a panel is as fast, so
 * that this program has not lived to see it.
 */
export function asMet(death: Death, { cabinet: { world }, nowMs }: Tuple): Death {
  const openedMs = world.history.findLast(({ what }) => what === 'door opened')?.at;
  const isUnseen = openedMs === MONDAY_MS + nowMs && world.cards.some(({ place }) => place === 'hand:operator');
  return isUnseen ? { ...death, allows: { ...death.allows, unbooked: true, unwatched: true } } : death;
}

const aWhile = (universe: Universe) => universe.pass(5_000);

/** Power goes and comes back, in this order; then the board of the kiosk starts. */
function power(first: 'printer' | 'board', then?: (universe: Universe) => void): Death['meanwhile'] {
  return async (universe) => {
    const { world } = universe.physics;
    world.cutMains();
    world.switchOff('panel');
    universe.boardStartsAnew();
    await universe.pass(3_000);
    if (first === 'board') world.switchOn('panel');
    else world.restoreMains();
    await universe.pass(3_000);
    if (first === 'board') world.restoreMains();
    else world.switchOn('panel');
    await universe.pass(3_000);
    then?.(universe);
  };
}

export const deaths: readonly Death[] = [
  { name: 'kiosk dies', usual: true, allows: {}, meanwhile: aWhile },
  { name: 'kiosk dies and starts at once', allows: {}, matters: isBusy, meanwhile: (universe) => universe.settle() },
  { name: 'both die', allows: {}, killsCentral: true, matters: (_, { kind }) => kind !== 'link', meanwhile: aWhile },
  {
    name: 'kiosk dies, the citizen takes the card',
    usual: true,
    allows: {},
    matters: isInBezel,
    meanwhile: async (universe) => {
      grab(universe, universe.crowd.visitors[0]?.who ?? 'nobody');
      await aWhile(universe);
    },
  },
  {
    name: 'kiosk dies, the citizen takes the card when the shutter has fallen',
    allows: {},
    matters: isInBezel,
    meanwhile: async (universe) => {
      await aWhile(universe);
      grab(universe, universe.crowd.visitors[0]?.who ?? 'nobody');
    },
  },
  {
    name: 'kiosk dies, somebody pushes a foreign card in',
    allows: person,
    matters: (tuple) => isOpen(tuple) && !isInBezel(tuple),
    meanwhile: async (universe) => {
      universe.physics.world.pushForeignCard('stranger');
      await aWhile(universe);
    },
  },
  {
    name: 'kiosk dies, staff take the card out',
    allows: { mayDoubt: true, unbooked: true, unwatched: true },
    matters: isInside,
    meanwhile: async (universe) => {
      reachesIn(universe, (world) => world.takeCardFromInside('operator'));
      await aWhile(universe);
    },
  },
  {
    name: 'kiosk dies, staff change the ribbon',
    allows: person,
    matters: isBusy,
    meanwhile: async (universe) => {
      reachesIn(universe, (world) => world.changeRibbon('operator'));
      await aWhile(universe);
    },
  },
  {
    name: 'kiosk dies, staff add a card',
    allows: { unbooked: true },
    matters: isInside,
    meanwhile: async (universe) => {
      universe.physics.world.loadHopper(1, 'operator');
      await aWhile(universe);
    },
  },
  {
    name: 'kiosk dies, exit and shutter sensors freeze for a minute',
    allows: person,
    matters: isBusy,
    meanwhile: async (universe) => {
      silenceSensors(universe, 60_000);
      await aWhile(universe);
    },
  },
  ...stale(1, 'first'),
  ...stale(2, 'twice'),
  { name: 'cabinet cut, printer boots first', usual: true, allows: {}, meanwhile: power('printer') },
  { name: 'cabinet cut, board boots first', allows: {}, matters: isBusy, meanwhile: power('board') },
  {
    ...{ name: 'the board is cut and its panel with it, the printer stays on', allows: {}, matters: isBusy },
    async meanwhile(universe) {
      const { world } = universe.physics;
      world.switchOff('panel');
      universe.boardStartsAnew();
      await universe.pass(3_000);
      world.switchOn('panel');
      await universe.pass(3_000);
    },
  },
  ...ejecting('cabinet cut, printer boots first and', 'cardAtPowerUp', power('printer')),
  ...ejecting('cabinet cut, board boots first and', 'cardAtPowerUp', power('board')),
  ...ejecting('kiosk dies; at the reset the printer', 'cardAtReset', aWhile),
  {
    ...{ name: 'cabinet cut, the printer finishes its job', matters: hasSequence },
    allows: { mayDoubt: true, mayStray: true, inksAlone: true },
    branches: { job: 'finished', bitmaps: 'kept' },
    meanwhile: power('printer', (universe) => void grab(universe, universe.crowd.visitors[0]?.who ?? 'nobody')),
  },
  {
    ...{ name: 'kiosk dies, half a panel is kept', allows: {}, matters: isHalf },
    branches: { halfDownload: 'kept' },
    meanwhile: aWhile,
  },
  {
    ...{ name: 'kiosk dies, half a panel times out', allows: {}, matters: isHalf },
    branches: { halfDownload: { timesOutAfterMs: 3_000 } },
    meanwhile: aWhile,
  },
  {
    ...{ name: 'kiosk dies, its answers wait for the next', allows: {} },
    branches: { unreadReplies: 'kept' },
    matters: (_, { kind, moment }) => kind === 'link' && moment === 'after',
    meanwhile: aWhile,
  },
];

/** A question about the card's place is answered with what was left from another one. */
function stale(times: number, said: string): Death[] {
  return [
    {
      name: `kiosk dies, and the printer answers ${said} with a stale OK`,
      allows: {},
      matters: isBusy,
      meanwhile: async (universe) => {
        await aWhile(universe);
        const does = { trick: 'preceded', by: 'OK' } as const;
        universe.physics.simulators['card-printer'].misbehave({ fault: 'reply', on: 'Rlr;p', does, times });
      },
    },
  ];
}

function ejecting(what: string, branch: 'cardAtPowerUp' | 'cardAtReset', meanwhile: Death['meanwhile']): Death[] {
  return (['eject', 'reject'] as const).map((does) => ({
    name: `${what} ${does}s the card`,
    allows: does === 'eject' ? { ...person, mayStray: true } : person,
    branches: { [branch]: does },
    matters: isInside,
    meanwhile,
  }));
}

const copies = { mayDoubt: true, unbooked: true, mayStand: true, otherHistory: true } as const;

function olderBy(commits: number, tuple: Tuple): Tuple {
  const disks = tuple.disks ?? [];
  return { ...tuple, kioskDb: disks[Math.max(0, disks.length - 1 - commits)] ?? tuple.kioskDb };
}

/** The same kind of cabinet, with its own cards. What lies in the first one stays there, out of everybody's reach. */
function inAnotherCabinet(tuple: Tuple): Tuple {
  const { world } = tuple.cabinet;
  const first = world.cards.map((card) => ({
    ...card,
    id: `other-${card.id}`,
    place: isOutside(card) ? card.place : ('safe' as const),
  }));
  const blanks = newWorld({ blanks: 8 });
  const loaded = blanks.cards.map((card) => ({ ...card, place: 'hopper' as const }));
  return {
    ...tuple,
    cabinet: {
      ...{ world: { ...blanks, nowMs: world.nowMs, cards: [...loaded, ...first] }, machines: {}, onTheWire: null },
      printerSerial: 'ANOTHER-0001',
    },
  };
}

const isOldEnough =
  (commits: number) =>
  ({ disks = [] }: Tuple) =>
    disks.length > commits;

interface Around {
  said: string;
  commits: readonly number[];
  meanwhile: Death['meanwhile'];
}

const nothingElse: Around = { said: '', commits: [1, 3, 5, 12], meanwhile: aWhile };

/** What else there is to an older disk: how the board lost its power, who was there, and who looks afterwards. */
const aroundIt: readonly Around[] = [
  { said: ', and two people count', commits: [1, 3, 5, 12], meanwhile: counted },
  {
    ...{ said: ', a blank is put in, and two people count', commits: [3, 12] },
    async meanwhile(universe) {
      universe.physics.world.loadHopper(1, 'operator');
      await counted(universe);
    },
  },
  { said: ' in a power cut', commits: [3, 12], meanwhile: power('printer') },
];

async function counted(universe: Universe): Promise<void> {
  universe.crowd.errands.unshift(errand('counts hopper and box'));
  await aWhile(universe);
}

const olderDisks = ({ said, commits: some, meanwhile }: Around): Death[] =>
  some.map((commits) => ({
    name: `kiosk dies, its disk comes back ${commits} commits older${said}`,
    ...{ usual: true, allows: copies, meanwhile, swaps: (tuple) => olderBy(commits, tuple) },
    matters: isOldEnough(commits),
  }));

/** Disks that should not be there: rolled back, swapped, copied. */
export const diskDeaths: readonly Death[] = [
  ...olderDisks(nothingElse),
  ...[0, 3].map(
    (commits): Death => ({
      name: `kiosk dies, and a copy of its disk, ${commits} commits older, starts in another cabinet`,
      ...{
        usual: true,
        allows: copies,
        meanwhile: aWhile,
        swaps: (tuple) => inAnotherCabinet(olderBy(commits, tuple)),
      },
      matters: isOldEnough(commits),
    }),
  ),
];

/** The same with all that there may be around it: for the longer stories. */
export const diskDeathsAndMore: readonly Death[] = [...diskDeaths, ...aroundIt.flatMap(olderDisks)];
