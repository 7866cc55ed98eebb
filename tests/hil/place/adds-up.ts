import { expect } from 'vitest';
import { cardsAt } from '#cabinet/world/cards.ts';
import type { Account } from '#contract/uplink/accounts.ts';
import { verifyChain } from '#controller/journal/chain.ts';
import { demoKiosk } from '#tools/place/place.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';
import * as books from './books.ts';
import { everybodyLeaves } from './citizen.ts';
import { cardsOutside } from './faces.ts';
import { kioskOf, type Scene } from './scene.ts';
import { eventually } from './time.ts';

/** Where doubt is legitimate a story says so; anywhere else it fails. */
export interface Allowed {
  /** Cards whose place only a person can find out. */
  inDoubt?: number;
  /** What central must find odd, in this order. */
  odd?: readonly RegExp[];
}

/** The promises, checked against the truth: of the world, of both databases, of the screen. */
export async function addsUp(scene: Scene, { inDoubt = 0, odd = [] }: Allowed): Promise<void> {
  prefixHolds(scene);
  await everybodyLeaves(scene);
  await eventually(
    scene.clock,
    () => books.isSettled(scene),
    () => 'central never heard the rest of the journal',
  );
  const stock = books.kioskStock(scene);
  expect(stock['in-doubt'] ?? 0, 'cards in doubt').toBe(inDoubt);
  expect(books.centralTexts(scene), 'central stores what the kiosk wrote').toEqual(books.journalTexts(scene));
  expect(books.centralStock(scene), 'both books of the blanks').toEqual(stock);
  expect(books.oddities(scene), 'what central finds odd').toEqual(odd.map((what) => expect.stringMatching(what)));
  expect(verifyChain(kioskOf(scene).store, demoKiosk, 1), 'the chain holds').toBeNull();
  expect(visitFaults(scene), 'each visit has its one end').toEqual([]);
  expect(toldOfRights(scene), 'what people were told of their right').toEqual([]);
  expect(scene.watch.untruths, 'the screen told the truth').toEqual([]);
  expect(personalData(scene), 'nothing personal in the journal').toEqual([]);
  if (scene.realPorts) {
    console.warn('real ports: where the cards lie and what is on them was not compared');
    return;
  }
  placesAgree(scene, stock);
  await oneCardPerRight(scene, stock);
}

/** At any moment central holds a beginning of the kiosk's own journal, and nothing else. */
function prefixHolds(scene: Scene): void {
  const central = books.centralTexts(scene);
  expect(books.journalTexts(scene).slice(0, central.length), 'central holds a prefix').toEqual(central);
}

/** Each place holds what the ledger says; what is more there is one of the cards in doubt, never what is less. */
function placesAgree({ parts, people }: Scene, stock: books.Accounts): void {
  const { now: world } = parts.cabinet.world;
  const booked = (...accounts: Account[]) => accounts.reduce((sum, account) => sum + (stock[account] ?? 0), 0);
  const held = world.cards.filter(({ place }) => [...people].some((code) => place === `hand:${code}`));
  const inside = world.cards.filter(({ place }) =>
    ['print', 'contact', 'contactless', 'exit', 'bezel'].includes(place),
  );
  const surplus = {
    feeder: cardsAt(world, 'hopper').length - booked('hopper'),
    'reject box': cardsAt(world, 'box').length - booked('retained', 'spoiled'),
    hands: held.length - booked('issued'),
    'on the way': inside.length - booked('in-process'),
  };
  const inDoubt = booked('in-doubt', 'unexplained');
  const places = Object.values(surplus);
  expect({ surplus, fits: places.every((more) => more >= 0) && places.reduce((a, b) => a + b, 0) === inDoubt }).toEqual(
    { surplus: inDoubt === 0 ? { feeder: 0, 'reject box': 0, hands: 0, 'on the way': 0 } : surplus, fits: true },
  );
}

/** At most one card per right in anybody's hand, each whole, and each to whom it belongs by the books. */
async function oneCardPerRight(scene: Scene, stock: books.Accounts): Promise<void> {
  const outside = await cardsOutside(scene);
  for (const { id, bears } of outside) expect(bears, `${id} is a whole card of somebody who came`).not.toBeNull();
  const bearers = outside.map(({ bears }) => bears);
  expect(new Set(bearers).size, 'no two cards of one person').toBe(bearers.length);
  const issued = books.entriesOf(scene, 'print.outcome').filter(({ data }) => data.outcome === 'issued');
  expect(issued.length, 'issued by outcome and by account').toBe(stock.issued ?? 0);
  expect(new Set(issued.map(({ data }) => data.rightId)).size, 'issued once per right').toBe(issued.length);
}

function visitFaults(scene: Scene): string[] {
  const entries = books.journal(scene);
  const written = entries.flatMap(({ visitNo }) => visitNo ?? []);
  const shown = [...scene.watch.visits].filter((visitNo) => !scene.cutShort.has(visitNo));
  const begun = new Set([...shown, ...written]);
  const ends = books.entriesOf(scene, 'visit.ended');
  return [...begun].flatMap((visitNo) => {
    const mine = ends.filter((entry) => entry.visitNo === visitNo);
    const issued = entries.some(
      (one) => one.type === 'print.outcome' && one.visitNo === visitNo && one.data.outcome === 'issued',
    );
    const pinUsed = mine.some(({ data }) => data.pin === 'used');
    return [
      ...(mine.length === 1 ? [] : [`${visitNo} has ${mine.length} ends`]),
      ...(pinUsed === issued ? [] : [`${visitNo}: PIN used ${pinUsed}, card issued ${issued}`]),
    ];
  });
}

/** What a visit's end says of the right is what central holds of it, once everything has arrived. */
function toldOfRights(scene: Scene): string[] {
  const truth: Record<string, readonly string[]> = {
    kept: ['usable', 'paused'],
    held: ['held', 'in-doubt'],
    used: ['issued'],
  };
  const states = books.rightStates(scene);
  const newest = new Map(
    books.entriesOf(scene, 'visit.ended').map(({ visitNo, data }) => [data.rightId, { visitNo, data }]),
  );
  return [...newest].flatMap(([rightId, { visitNo, data }]) => {
    const fits = !rightId || data.right === 'none' || truth[data.right]?.includes(states[rightId] ?? '');
    return fits
      ? []
      : [`${visitNo} was told "${data.right}" (${data.code}), and the right is ${states[rightId ?? '']}`];
  });
}

function personalData(scene: Scene): string[] {
  const texts = books.journalTexts(scene).join('\n');
  const people = demoCitizens.filter(({ code }) => scene.people.has(code));
  return people
    .filter(({ nik, name, pickupCode }) => [nik, name, pickupCode].some((word) => texts.includes(word)))
    .map(({ code }) => code);
}
