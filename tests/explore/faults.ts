import { cardInBezel, cardInside } from '#cabinet/world/cards.ts';
import { newWorld } from '#cabinet/world/plain.ts';
import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import type { Boundary } from './boundaries.ts';
import { isOutside } from './cards.ts';
import type { Expectations } from './oracle.ts';
import { grab } from './people.ts';
import type { Tuple } from './tuple.ts';
import type { Universe } from './universe.ts';

/** What the machine may have done to it while nobody drives it, or while it serves somebody. */
export interface Fault {
  name: string;
  /** What may be expected of a world that went through it. */
  allows: Partial<Expectations>;
}

/** An end of the kiosk's process at a boundary, and what happens until it lives again. */
export interface Death extends Fault {
  /** Belongs to every search, also to a part of one. */
  usual?: true;
  branches?: Partial<PrinterBranches>;
  /** Whether it makes a difference to what lies there. */
  matters?: (tuple: Tuple, boundary: Boundary) => boolean;
  /** The office lives unless it says otherwise; the kiosk is dead. */
  meanwhile: (universe: Universe) => Promise<void>;
  killsCentral?: boolean;
  /** What lies there is not what was there: another disk, another cabinet. */
  swaps?: (tuple: Tuple) => Tuple;
}

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

const aWhile = (universe: Universe) => universe.pass(5_000);
const person = { mayDoubt: true } as const;
const hands = { mayDoubt: true, unbooked: true } as const;

/** Power goes and comes back, in this order; then the board of the kiosk starts. */
function power(first: 'printer' | 'board', then?: (universe: Universe) => void): Death['meanwhile'] {
  return async (universe) => {
    const { world } = universe.physics;
    world.cutMains();
    world.switchOff('panel');
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
    allows: hands,
    matters: isInside,
    meanwhile: async (universe) => {
      const { world } = universe.physics;
      world.openCover('operator');
      world.takeCardFromInside('operator');
      world.closeCover('operator');
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
  ...ejecting('cabinet cut, printer boots first and', 'cardAtPowerUp', power('printer')),
  ...ejecting('cabinet cut, board boots first and', 'cardAtPowerUp', power('board')),
  ...ejecting('kiosk dies; at the reset the printer', 'cardAtReset', aWhile),
  {
    ...{ name: 'cabinet cut, the printer finishes its job', matters: hasSequence },
    allows: { mayDoubt: true, inksAlone: true },
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
    allows: person,
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
    cabinet: { world: { ...blanks, nowMs: world.nowMs, cards: [...loaded, ...first] }, machines: {}, onTheWire: null },
  };
}

/** Disks that should not be there: rolled back, swapped, copied. */
export const diskDeaths: readonly Death[] = [
  ...[1, 3, 12].map(
    (commits): Death => ({
      name: `kiosk dies, its disk comes back ${commits} commits older`,
      ...{ usual: true, allows: copies, meanwhile: aWhile, swaps: (tuple) => olderBy(commits, tuple) },
      matters: ({ disks = [] }) => disks.length > commits,
    }),
  ),
  ...[0, 3].map(
    (commits): Death => ({
      name: `kiosk dies, and a copy of its disk, ${commits} commits older, starts in another cabinet`,
      ...{
        usual: true,
        allows: copies,
        meanwhile: aWhile,
        swaps: (tuple) => inAnotherCabinet(olderBy(commits, tuple)),
      },
      matters: ({ disks = [] }) => disks.length > commits,
    }),
  ),
];

/** Something that happens to a kiosk that lives on. */
export interface Mishap extends Fault {
  /** What it breaks: it is tried where something is asked of that, or written by the kiosk. Left out: where it matters. */
  breaks?: 'devices' | 'office';
  matters?: (universe: Universe, boundary: Boundary) => boolean;
  strike: (universe: Universe, boundary: Boundary) => void;
}

/** Puts right what was wrong, when so much time has passed. */
export async function mendLater(universe: Universe, ms: number, mend: () => void): Promise<void> {
  universe.mends += 1;
  await universe.clock.view({ dead: false }).sleep(ms);
  universe.mends -= 1;
  mend();
  universe.stir();
}

const letters =
  (kind: string) =>
  (_: Universe, { kind: own, moment, what }: Boundary) =>
    own === kind && moment === 'after' && !/center/.test(what);

export const mishaps: readonly Mishap[] = [
  {
    name: 'central dies for five seconds',
    breaks: 'office',
    allows: {},
    strike(universe) {
      universe.killCentral();
      void mendLater(universe, 5_000, () => universe.startCentral());
    },
  },
  {
    name: 'the printer loses its power for ten seconds',
    breaks: 'devices',
    allows: person,
    strike: (universe) => switched(universe, 'card-printer'),
  },
  {
    name: 'the panel loses its power for ten seconds',
    breaks: 'devices',
    allows: person,
    strike: (universe) => switched(universe, 'panel'),
  },
  {
    name: 'the cable of the printer slips for ten seconds',
    breaks: 'devices',
    allows: person,
    strike(universe) {
      universe.physics.world.unplug('card-printer');
      void mendLater(universe, 10_000, () => universe.physics.world.replug('card-printer'));
    },
  },
  {
    name: 'the message is lost',
    allows: {},
    matters: letters('sent'),
    strike: ({ post }) => void post.lose(post.state.sent),
  },
  {
    name: 'the message comes twice',
    allows: {},
    matters: letters('delivered'),
    strike: ({ post }) => repeatLast(post.past, post),
  },
  {
    name: 'the first message of its kind comes once more',
    allows: {},
    matters: letters('delivered'),
    strike({ post }, { what }) {
      const topic = what.split(': ')[1] ?? '';
      const first = post.past.find((letter) => letter.topic.endsWith(topic));
      if (first) post.repeat(first);
    },
  },
  {
    name: 'the citizen takes the card at this moment',
    breaks: 'devices',
    allows: {},
    matters: ({ world }) => cardInBezel(world) !== undefined,
    strike: (universe) =>
      void grab(universe, universe.crowd.visitors.find(({ state }) => state === 'here')?.who ?? 'nobody'),
  },
  {
    name: 'the citizen walks away',
    breaks: 'devices',
    allows: {},
    matters: ({ crowd }) => crowd.visitors.some(({ state }) => state === 'here'),
    strike({ crowd }) {
      for (const one of crowd.visitors) if (one.state === 'here') Object.assign(one, { state: 'gone', takes: 'never' });
    },
  },
  {
    name: 'somebody pushes a foreign card in',
    breaks: 'devices',
    allows: { mayDoubt: true, mayStand: true },
    matters: ({ world }) => world.shutter.open && cardInBezel(world) === undefined,
    strike: ({ physics }) => void physics.world.pushForeignCard('stranger'),
  },
  {
    name: 'staff open the cover, take the card out and close it',
    breaks: 'devices',
    allows: hands,
    matters: ({ world }) => cardInside(world) !== undefined,
    strike({ physics: { world } }) {
      world.openCover('operator');
      world.takeCardFromInside('operator');
      world.closeCover('operator');
    },
  },
  {
    name: 'the sensors freeze for thirty seconds',
    breaks: 'devices',
    allows: person,
    strike: (universe) => silenceSensors(universe, 30_000),
  },
];

/** Sensors that fell silent before a death speak again after it, as late as they can. */
export function mendSensors(universe: Universe): void {
  const { panel } = universe.physics.memories() as { panel?: { fault?: unknown } };
  if (panel?.fault === 'sensors-silent') silenceSensors(universe, 60_000);
}

function silenceSensors(universe: Universe, ms: number): void {
  const { panel } = universe.physics.simulators;
  panel.misbehave('sensors-silent');
  universe.silentSinceMs = universe.clock.nowMs;
  void mendLater(universe, ms, () => {
    panel.misbehave('none');
    universe.silentSinceMs = null;
  });
}

function switched(universe: Universe, device: 'card-printer' | 'panel'): void {
  universe.physics.world.switchOff(device);
  void mendLater(universe, 10_000, () => universe.physics.world.switchOn(device));
}

function repeatLast(
  past: readonly { no: number; to: 'kiosk' | 'central'; topic: string; text: string }[],
  post: Universe['post'],
): void {
  const last = past.at(-1);
  if (last) post.repeat(last);
}
