import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { cardInBezel, cardInside, cardsAt, findCard } from './cards.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import { newWorld, type World } from './plain.ts';

const picture = Uint8Array.of(1, 2, 3);
const small = () =>
  openWorld({ clock: manualClock(), from: newWorld({ blanks: 12, feederCapacity: 6, rejectBoxCapacity: 2 }) });

function withCardAtExit() {
  const world = small();
  world.loadHopper(3);
  world.cardPath.feed('print');
  world.panelWiring.shutter(true);
  world.cardPath.present();
  return world;
}

/** Everything that anybody or anything can do to cards, with whatever arguments. */
const deeds: Record<string, (world: OpenWorld, n: number) => unknown> = {
  loads: (world, n) => world.loadHopper(n),
  emptiesFeeder: (world) => world.emptyFeeder(),
  emptiesBox: (world) => world.emptyRejectBox(),
  delivers: (world, n) => world.deliverBlanks(n),
  takes: (world) => world.takeCard(),
  takesFromInside: (world) => world.takeCardFromInside(),
  pockets: (world) => world.pocketCard(),
  drops: (world) => world.dropCard(),
  gives: (world, n) => world.giveCard(`blanko-000${n}`, 'citizen', 'operator'),
  pushesBack: (world) => world.pushCardBack(),
  pushes: (world) => world.pushForeignCard(),
  leaves: (world) => world.leaveCard(),
  feeds: (world, n) => world.cardPath.feed((['print', 'contact', 'contactless', 'exit'] as const)[n % 4]!),
  feedsTwo: (world) => world.cardPath.feedTwo?.('print'),
  moves: (world, n) => world.cardPath.move((['print', 'contact', 'contactless'] as const)[n % 3]!),
  presents: (world) => world.cardPath.present(),
  retracts: (world) => world.cardPath.retract(),
  rejects: (world) => world.cardPath.reject(),
  inks: (world, n) => world.cardPath.ink('k', Uint8Array.of(n)),
  jams: (world) => world.jam(),
  frees: (world) => world.freeFeeder(),
  shutter: (world, n) => world.panelWiring.shutter(n % 2 === 0),
  wedges: (world, n) => (n % 2 === 0 ? world.wedgeShutter() : world.freeShutter()),
  cover: (world, n) => (n % 2 === 0 ? world.openCover() : world.closeCover()),
  mains: (world, n) => (n % 2 === 0 ? world.cutMains() : world.restoreMains()),
};

const blanksOf = (world: World) => world.cards.filter((card) => card.kind === 'blanko').length;

function addsUp(before: World, after: World, delivered: number) {
  expect(new Set(after.cards.map((card) => card.id)).size).toBe(after.cards.length);
  expect(blanksOf(after)).toBe(blanksOf(before) + delivered);
  expect(after.cards.length - blanksOf(after)).toBe(after.foreignThings);
  const seen = after.cards.filter((card) => card.under === null);
  expect(seen.filter((card) => ['print', 'contact', 'contactless', 'exit'].includes(card.place)).length).toBeLessThan(
    2,
  );
  expect(seen.filter((card) => card.place === 'bezel').length).toBeLessThan(2);
  expect(cardsAt(after, 'box').length).toBeLessThanOrEqual(after.rejectBox.capacity + 1); // one more may cling to the last
  expect(cardsAt(after, 'hopper').length).toBeLessThanOrEqual(after.feeder.capacity);
}

function clingingCardsStayTogether(after: World) {
  for (const card of after.cards) if (card.under) expect(card.place).toBe(findCard(after, card.under)?.place);
}

function inkLandsOnlyInside(before: World, after: World) {
  for (const card of before.cards) {
    const now = findCard(after, card.id)!;
    expect(now.ink.slice(0, card.ink.length)).toEqual(card.ink);
    if (now.ink.length > card.ink.length) expect(cardInside(before)?.id).toBe(card.id);
  }
}

describe('whatever anybody does', () => {
  test('no card is lost or doubled, and ink lands only on the card inside', () => {
    const anything = fc.constantFrom(...Object.keys(deeds));
    const theUsualWay = fc.constantFrom('feeds', 'inks', 'presents', 'takes'); // so that cards get far often enough
    const deed = fc.tuple(fc.oneof(anything, theUsualWay), fc.nat(7));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (done) => {
        const world = small();
        world.loadHopper(5);
        world.panelWiring.shutter(true);
        for (const [name, n] of done) {
          const before = world.now;
          deeds[name]!(world, n);
          addsUp(before, world.now, name === 'delivers' ? n : 0);
          inkLandsOnlyInside(before, world.now);
          clingingCardsStayTogether(world.now);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the world is plain data: what JSON brings back goes on as before', () => {
    const world = withCardAtExit();
    const again = openWorld({ clock: manualClock(), from: JSON.parse(JSON.stringify(world.now)) as World });
    expect(again.now).toEqual(world.now);
    expect(again.takeCard()).toBe(cardInBezel(world.now)?.id);
  });
});

describe('the slot', () => {
  test('a card goes out only through the open shutter', () => {
    const world = small();
    world.loadHopper(1);
    world.cardPath.feed('print');
    expect(world.cardPath.present()).toBe(false);
    world.panelWiring.shutter(true);
    expect(world.cardPath.present()).toBe(true);
    expect(world.panelWiring.cardAtExit).toBe(true);
    expect(world.cardPath.inside).toBeNull();
  });

  test('let go, the shutter rests on the card: no hand gets it, the rollers do, and then it falls shut', () => {
    const world = withCardAtExit();
    world.panelWiring.shutter(false);
    expect(world.panelWiring.shutterClosed).toBe(false);
    expect(world.takeCard('amin')).toBeNull();
    expect(world.cardPath.retract()).toBe(true);
    expect(world.panelWiring.shutterClosed).toBe(true);
    expect(world.panelWiring.cardAtExit).toBe(false);
  });

  test('a taken card is gone for the printer at once, and the hand knows which it was', () => {
    const world = withCardAtExit();
    const card = world.takeCard('amin')!;
    expect(findCard(world.now, card)?.place).toBe('hand:amin');
    expect(world.cardPath.atExit).toBeNull();
    expect(world.cardPath.retract()).toBe(false);
  });

  test('a card goes from the hand that has it into another, and from no other', () => {
    const world = withCardAtExit();
    expect(world.giveCard('blanko-0001', 'amin', 'officer')).toBe(false);
    const card = world.takeCard('officer')!;
    expect(world.giveCard(card, 'officer', 'amin')).toBe(true);
    expect(findCard(world.now, card)?.place).toBe('hand:amin');
  });

  test('what is pushed in stands at the exit like a card and is none of the blanks', () => {
    const world = small();
    expect(world.pushForeignCard()).toBe(false);
    world.panelWiring.shutter(true);
    expect(world.pushForeignCard()).toBe(true);
    expect(world.panelWiring.cardAtExit).toBe(true);
    expect(blanksOf(world.now)).toBe(12);
  });

  test('without mains the shutter falls shut, and rises again when the board still asks for it', () => {
    const world = small();
    world.panelWiring.shutter(true);
    world.cutMains();
    expect(world.panelWiring.shutterClosed).toBe(true);
    world.restoreMains();
    expect(world.panelWiring.shutterClosed).toBe(false);
  });

  test('a power cut while the card stands there clamps it', () => {
    const world = withCardAtExit();
    world.cutMains();
    expect(world.takeCard()).toBeNull();
    world.restoreMains();
    expect(world.takeCard()).toBe('blanko-0001');
  });
});

describe('what the devices see', () => {
  test('the feeder gives its lowest card, nothing while jammed, nothing on top of another card', () => {
    const world = small();
    expect(world.loadHopper(50)).toBe(6);
    world.jam();
    expect(world.cardPath.feed('print')).toBeNull();
    world.freeFeeder();
    expect(world.cardPath.feed('print')).toBe('blanko-0001');
    expect(world.cardPath.feed('print')).toBeNull();
    expect(world.cardPath.feeder.cards).toBe(5);
  });

  test('a full reject box keeps the card inside', () => {
    const world = small();
    world.loadHopper(3);
    for (let card = 0; card < 3; card += 1) {
      world.cardPath.feed('print');
      expect(world.cardPath.reject()).toBe(card < 2);
    }
    expect(world.cardPath.inside?.card).toBe('blanko-0003');
  });

  test('a picture that was inked can be looked at again', () => {
    const world = small();
    world.loadHopper(1);
    world.cardPath.feed('print');
    world.cardPath.ink('k', picture);
    const [ink] = cardInside(world.now)!.ink;
    expect(world.bitmaps.find(ink!.bitmap)).toEqual(picture);
  });

  test('paper uses up the roll, is cut into the tray, and is taken', () => {
    const world = small();
    world.paperRoll.put({ type: 'text', line: 'KTP-el diterima' });
    world.paperRoll.put({ type: 'dots', dots: new Uint8Array(72 * 16).fill(255), widthDots: 576, rows: 16 });
    world.paperRoll.put({ type: 'cut' });
    expect(world.paperRoll.leftMm).toBe(49_998);
    const [paper] = world.takePaper('amin');
    expect(paper).toMatchObject({ lines: ['KTP-el diterima'], picture: { widthDots: 576, rows: 16 } });
    expect(world.bitmaps.find(paper!.picture!.bitmap)).toEqual(Buffer.alloc(72 * 16, 255));
    expect(world.takePaper('amin')).toEqual([]);
  });

  test('the board hears of a level only when it changes', () => {
    const world = small();
    let edges = 0;
    world.panelWiring.onChange(() => {
      edges += 1;
    });
    world.openDoor();
    world.openDoor();
    world.loadHopper(2);
    expect(edges).toBe(1);
    expect(world.panelWiring.doorClosed).toBe(false);
  });
});
