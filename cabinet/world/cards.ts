import type { Panel, Station } from '#drivers/card-printer/evolis/simulator/card-path.ts';
import { settleShutter, shutterPulledOpen } from './cabinet-parts.ts';
import { blankCard, type Card, type CardId, type Place, told, type World } from './plain.ts';

/**
 * What can happen to cards. Each function gives the world afterwards, or the very same world where nothing could move.
 * A card changes its place and is never made or destroyed here, except by a delivery and by what people push in.
 */
const stations: readonly Place[] = ['print', 'contact', 'contactless', 'exit'] satisfies Station[];

export function cardsAt(world: World, place: Place): Card[] {
  return world.cards.filter((card) => card.place === place);
}

export function cardInside(world: World): Card | undefined {
  return world.cards.find((card) => card.under === null && stations.includes(card.place));
}

export function cardInBezel(world: World): Card | undefined {
  return world.cards.find((card) => card.under === null && card.place === 'bezel');
}

/**
 * The card goes to another place, with what clings to it, and the shutter follows if the card held it open. It becomes
 * the last of the row: the last in a hand is the one taken last.
 */
function put(world: World, card: Card, place: Place, what: string, who?: string): World {
  const apart = place !== 'bezel' && !stations.includes(place);
  const others = world.cards.filter((other) => other !== card);
  const following = others.map((other) =>
    other.under === card.id ? { ...other, place, under: apart ? null : card.id } : other,
  );
  const cards = [...following, { ...card, place }];
  return settleShutter(told({ ...world, cards }, what, { card: card.id, ...(who !== undefined && { who }) }));
}

/** Moves many at once: to the end of the row, which is the top of the feeder. */
function putAll(world: World, moving: readonly Card[], place: Place, what: string, who: string): World {
  if (moving.length === 0) return world;
  const rest = world.cards.filter((card) => !moving.includes(card));
  const cards = [...rest, ...moving.map((card) => ({ ...card, place }))];
  return told({ ...world, cards }, what, { who, count: moving.length });
}

/** The rollers take the lowest card. Nothing comes from an empty or jammed feeder, nor while a card is in the way. */
export function feed(world: World, to: Station): World {
  const [lowest] = cardsAt(world, 'hopper');
  if (!lowest || world.feeder.jammed || cardInside(world)) return world;
  return put(world, lowest, to, 'card fed');
}

/** As `feed`, but the second card of the feeder clings to the lowest. */
export function feedTwo(world: World, to: Station): World {
  const [lowest, second] = cardsAt(world, 'hopper');
  const fed = feed(world, to);
  if (fed === world || !lowest || !second) return fed;
  const cards = fed.cards.map((card) => (card === second ? { ...card, place: to, under: lowest.id } : card));
  return told({ ...fed, cards }, 'second card clings to it', { card: second.id });
}

export function move(world: World, to: Station): World {
  const card = cardInside(world);
  return card && card.place !== to ? put(world, card, to, 'card moved') : world;
}

/** Out into the bezel: only through an open shutter, and only where no other card stands. */
export function present(world: World): World {
  const card = cardInside(world);
  if (!card || !world.shutter.open || cardInBezel(world)) return world;
  return put(world, card, 'bezel', 'card presented');
}

/** Back from the bezel. Works under a shutter that rests on the card: the rollers are stronger. */
export function retract(world: World): World {
  const card = cardInBezel(world);
  return card && !cardInside(world) ? put(world, card, 'exit', 'card pulled back') : world;
}

export function reject(world: World): World {
  const card = cardInside(world);
  if (!card || cardsAt(world, 'box').length >= world.rejectBox.capacity) return world;
  return put(world, card, 'box', 'card rejected');
}

export function ink(world: World, panel: Panel, bitmap: string): World {
  const card = cardInside(world);
  if (!card) return world; // the head runs over the bare roller
  const inked = { ...card, ink: [...card.ink, { panel, bitmap }] };
  const cards = world.cards.map((other) => (other === card ? inked : other));
  return told({ ...world, cards }, `panel ${panel} printed`, { card: card.id });
}

/** A hand can take what stands in the bezel, unless the shutter has come down on it. */
export function takeCard(world: World, who: string): World {
  const card = cardInBezel(world);
  const reachable = world.shutter.open && (shutterPulledOpen(world) || world.shutter.stuck);
  return card && reachable ? put(world, card, `hand:${who}`, 'card taken', who) : world;
}

export function putAway(world: World, who: string, place: 'floor' | `pocket:${string}`): World {
  const card = cardsAt(world, `hand:${who}`).at(-1);
  return card ? put(world, card, place, place === 'floor' ? 'card dropped' : 'card pocketed', who) : world;
}

/** From one hand into another: an officer hands a card over. */
export function giveCard(world: World, id: CardId, from: string, to: string): World {
  const card = findCard(world, id);
  return card?.place === `hand:${from}` ? put(world, card, `hand:${to}`, 'card given', to) : world;
}

/** The card that was taken goes back into the open slot. */
export function pushBack(world: World, who: string): World {
  const card = cardsAt(world, `hand:${who}`).at(-1);
  if (!card || !world.shutter.open || cardInBezel(world)) return world;
  return put(world, card, 'bezel', 'card pushed back in', who);
}

/** A coin, a bank card, an old KTP: whatever fits into the open slot. */
export function pushForeignCard(world: World, who: string): World {
  if (!world.shutter.open || cardInBezel(world)) return world;
  const foreignThings = world.foreignThings + 1;
  const thing: Card = { id: `foreign-${foreignThings}`, kind: 'foreign', place: 'bezel', under: null, ink: [] };
  const cards = [...world.cards, thing];
  return told({ ...world, foreignThings, cards }, 'foreign card pushed in', { card: thing.id, who });
}

/** As many from the safe as are there and as the feeder holds. */
export function loadHopper(world: World, count: number, who: string): World {
  const room = world.feeder.capacity - cardsAt(world, 'hopper').length;
  const moving = cardsAt(world, 'safe').slice(0, Math.max(0, Math.min(count, room)));
  return putAll(world, moving, 'hopper', 'feeder loaded', who);
}

export function emptyFeeder(world: World, who: string): World {
  return putAll(world, cardsAt(world, 'hopper'), 'safe', 'feeder emptied', who);
}

export function emptyRejectBox(world: World, who: string): World {
  return putAll(world, cardsAt(world, 'box'), `hand:${who}`, 'reject box emptied', who);
}

/** With the cover open a hand reaches the rollers. */
export function takeFromInside(world: World, who: string): World {
  const card = cardInside(world);
  return card && !world.coverClosed ? put(world, card, `hand:${who}`, 'card taken from inside', who) : world;
}

/** New blanks from the city's vault. */
export function deliver(world: World, count: number): World {
  if (count <= 0) return world;
  const known = world.cards.filter((card) => card.kind === 'blanko').length;
  const fresh = Array.from({ length: count }, (_, index) => blankCard(known + index + 1));
  return told({ ...world, cards: [...world.cards, ...fresh] }, 'blanks delivered', { count });
}

export function findCard(world: World, id: CardId): Card | undefined {
  return world.cards.find((card) => card.id === id);
}
