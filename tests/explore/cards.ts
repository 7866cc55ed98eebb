import type { Card, World } from '#cabinet/world/plain.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';
import { decodePanels } from '#drivers/card-printer/evolis/simulator/picture.ts';
import type { Town } from './town.ts';

type Ink = Card['ink'][number];
const order = ['y', 'm', 'c', 'k', 'o'];

/** Whose panel this is; null where it is nobody's whole one. Ink does not change, so each picture is looked at once. */
const bearers = new Map<string, string | null>();

function bearerOf(town: Town, { panel, bitmap }: Ink): string | null {
  const key = `${panel}:${bitmap}`;
  const known = bearers.get(key);
  if (known !== undefined) return known;
  const bytes = town.bitmaps.find(bitmap);
  const found = bytes ? town.citizens.filter(({ face }) => shows(bytes, panel, face)) : [];
  const bearer = found.length === 0 ? null : found.length === 1 ? (found[0]?.code ?? null) : 'anybody';
  bearers.set(key, bearer);
  return bearer;
}

/** Compares every dot with the face that was drawn from the record: dye at the head's 128 levels, resin and varnish as bits. */
function shows(bitmap: Uint8Array, panel: Ink['panel'], { colour, black, overlay }: CardFace): boolean {
  const planes = decodePanels([{ panel, bitmap }]);
  const plane = planes[panel];
  const dye = { y: 2, m: 1, c: 0 }[panel as 'y' | 'm' | 'c'];
  for (let dot = 0; dot < plane.length; dot += 1) {
    const bits = panel === 'k' ? black : overlay;
    const wanted =
      dye === undefined
        ? (bits[dot >> 3] ?? 0) & (0x80 >> (dot & 7))
          ? 1
          : 0
        : (255 - (colour[dot * 3 + dye] ?? 0)) >> 1;
    if (plane[dot] !== wanted) return false;
  }
  return true;
}

/** Whom the resin on a card names. Panels of dye alone name nobody: two faces can share a varnish or a ground. */
export function named(town: Town, card: Card): string[] {
  const names = card.ink.map((ink) => bearerOf(town, ink)).filter((name) => name !== null && name !== 'anybody');
  return [...new Set(names as string[])];
}

export function isWhole(town: Town, card: Card): boolean {
  const isComplete = card.ink.map(({ panel }) => panel).join('') === order.join('');
  return isComplete && card.ink.every((ink) => bearerOf(town, ink) !== null) && named(town, card).length === 1;
}

export const printedTwice = 'was printed on twice';

/** A second pass of a panel, panels in another order than the ribbon's, or two people on one card. */
export function spoiltBy(town: Town, card: Card): string | null {
  const steps = card.ink.map(({ panel }) => order.indexOf(panel));
  if (steps.some((step, index) => index > 0 && step <= (steps[index - 1] ?? -1))) return printedTwice;
  return named(town, card).length > 1 ? `bears panels of ${named(town, card).join(' and ')}` : null;
}

const withStaff = /^hand:(operator|op-\d+)$/;
export const isOutside = ({ place, kind }: Card): boolean =>
  kind === 'blanko' && /^(hand|pocket):|^floor$/.test(place) && !withStaff.test(place);

/** In the cabinet, the box of unusable cards included, or with staff. */
export const isWithin = ({ place }: Card): boolean =>
  withStaff.test(place) || !/^(hand|pocket):|^(floor|safe)$/.test(place);

const outOfTheBox = /^hand:op-\d+$/;

/** Where a card lies that was booked into the box: there, or with the two who took it out. */
export const isInBoxOrTakenOut = ({ place, kind }: Card): boolean =>
  kind === 'blanko' && (place === 'box' || outOfTheBox.test(place));

/** What two people took out of the box. */
export const blanksOutOfTheBox = ({ cards }: World): number =>
  cards.filter(({ kind, place }) => kind === 'blanko' && outOfTheBox.test(place)).length;

/** What somebody took through the door while it was on its way: whatever its account was, it is not in the box. */
export const blanksThroughTheDoor = (world: World): number => blanksAt(world, 'hand:operator');

export const blanksAt = ({ cards }: World, ...places: string[]): number =>
  cards.filter(({ kind, place }) => kind === 'blanko' && places.includes(place)).length;
