import { cardInBezel, cardInside } from '#cabinet/world/cards.ts';
import type { Boundary } from './boundaries.ts';
import { type Mishap, person } from './faults.ts';
import { mendLater, silenceSensors } from './mending.ts';
import { grab } from './people.ts';
import { reachesIn } from './staff.ts';
import type { Universe } from './universe.ts';

const letters =
  (kind: string) =>
  (_: Universe, { kind: own, moment, what }: Boundary) =>
    own === kind && moment === 'after' && !/center/.test(what);

const isToPrinter = ({ kind, what }: Boundary) => kind === 'link' && what.startsWith('card-printer ');
const isToTheBox = ({ kind, what }: Boundary) => kind === 'link' && what === 'card-printer Ser';

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
    name: 'the printer never answers this command',
    breaks: 'answers',
    allows: {},
    matters: (_, boundary) => isToPrinter(boundary) && !isToTheBox(boundary),
    strike: ({ physics }) => physics.simulators['card-printer'].misbehave({ fault: 'reply', does: { trick: 'lost' } }),
  },
  {
    name: 'the printer answers this command together with the next',
    breaks: 'answers',
    allows: {},
    matters: (_, boundary) => isToPrinter(boundary) && !isToTheBox(boundary),
    strike: ({ physics }) =>
      physics.simulators['card-printer'].misbehave({ fault: 'reply', does: { trick: 'held-back' } }),
  },
  {
    name: 'the printer never says that the card is in the box',
    breaks: 'answers',
    allows: person, // a failed move to the box is decided by two people who look into it
    matters: (_, boundary) => isToTheBox(boundary),
    strike: ({ physics }) => physics.simulators['card-printer'].misbehave({ fault: 'reply', does: { trick: 'lost' } }),
  },
  {
    name: 'the printer feeds two blanks',
    breaks: 'devices',
    allows: { mayDoubt: true, unbooked: true, mayCling: true },
    matters: (_, { kind, what }) => kind === 'link' && what === 'card-printer Si',
    strike: ({ physics }) => physics.simulators['card-printer'].misbehave({ fault: 'double-feed' }),
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
    name: 'staff open door and cover, take the card out and close them',
    breaks: 'devices',
    allows: person,
    matters: ({ world }) => cardInside(world) !== undefined,
    strike: (universe) => reachesIn(universe, (world) => world.takeCardFromInside('operator')),
  },
  {
    name: 'staff open the door for a second',
    breaks: 'devices',
    allows: person,
    strike(universe) {
      const { world } = universe.physics;
      world.openDoor('operator');
      void mendLater(universe, 1_000, () => world.closeDoor('operator'));
    },
  },
  {
    name: 'staff change the ribbon over the card',
    breaks: 'devices',
    allows: person,
    matters: ({ world }) => cardInside(world) !== undefined,
    strike: (universe) => reachesIn(universe, (world) => world.changeRibbon('operator')),
  },
  {
    name: 'staff put a blank into the feeder',
    breaks: 'devices',
    allows: { unbooked: true },
    matters: ({ world }) => cardInside(world) !== undefined,
    strike: ({ physics }) => void physics.world.loadHopper(1, 'operator'),
  },
  {
    name: 'the sensors freeze for thirty seconds',
    breaks: 'devices',
    allows: person,
    strike: (universe) => silenceSensors(universe, 30_000),
  },
  {
    name: 'the disk fails this write, and does not have it',
    isBefore: true,
    allows: {},
    matters: isWriteOfKiosk,
    strike: diskFails,
  },
  {
    name: 'the disk fails this write, and has it all the same',
    allows: {},
    matters: isWriteOfKiosk,
    strike: diskFails,
  },
];

function isWriteOfKiosk({ kiosk }: Universe, { kind, what }: Boundary): boolean {
  return kiosk !== null && kind === 'store' && what.startsWith('kiosk ');
}

/** Whoever wrote hears it, the program ends by that and is started again. What its other parts still do, they do in this instant. */
function diskFails(universe: Universe): void {
  const life = universe.kiosk;
  if (!life) return;
  const ends = () => {
    if (universe.kiosk !== life) return;
    universe.killKiosk();
    void mendLater(universe, 5_000, () => universe.startKiosk());
  };
  life.failDisk();
  void life.ended.then(ends);
  void mendLater(universe, 1, ends);
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
