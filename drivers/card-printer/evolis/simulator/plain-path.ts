import type { CardPath, InkedPanel, Station } from './card-path.ts';

/** A card as plastic: what has been put on it, in order. `clings` is a second card stuck to it. */
export interface PlainCard {
  id: string;
  ink: InkedPanel[];
  clings: string | null;
}

/** A card path with hands: what a person can do to it beside what the printer does. */
export interface PlainPath extends CardPath {
  feeder: { cards: number; nearEmptyAt: number; jammed: boolean };
  rejectBox: { cards: number; capacity: number };
  ribbon: { prints: number; capacity: number; zone: string; broken: boolean } | null;
  coverClosed: boolean;
  /** The shutter in front of the bezel. */
  shutterOpen: boolean;
  /** Every card that left the feeder, in that order. */
  readonly cards: readonly PlainCard[];
  /** Ids of the cards in the box. */
  readonly box: readonly string[];
  /** Takes the card out of the bezel; null where none stands there. */
  take(): PlainCard | null;
  /** Takes the card out of the transport, as a technician does; null where it is empty. */
  takeInside(): PlainCard | null;
}

/** The card path alone, for trying a printer without the rest of a cabinet: 20 cards, a full ribbon, an empty box. */
export function plainPath(start: { cards?: number; prints?: number; boxCapacity?: number } = {}): PlainPath {
  const cards: PlainCard[] = [];
  const box: string[] = [];
  let inside: { card: string; at: Station } | null = null;
  let atExit: string | null = null;
  let fed = 0;
  const card = (id: string) => cards.find((one) => one.id === id) as PlainCard;
  const draw = () => {
    path.feeder.cards -= 1;
    cards.push({ id: `card-${cards.length + 1}`, ink: [], clings: null });
    return `card-${cards.length}`;
  };
  const path: PlainPath = {
    feeder: { cards: start.cards ?? 20, nearEmptyAt: 5, jammed: false },
    rejectBox: { cards: 0, capacity: start.boxCapacity ?? 30 },
    ribbon: { prints: start.prints ?? 200, capacity: 200, zone: 'F616', broken: false },
    coverClosed: true,
    shutterOpen: true,
    cards,
    box,
    get inside() {
      return inside;
    },
    get atExit() {
      return atExit;
    },
    get cardsFed() {
      return fed;
    },
    countFeed() {
      fed += 1;
    },
    feed(to) {
      if (path.feeder.cards === 0) return null;
      inside = { card: draw(), at: to };
      return inside.card;
    },
    feedTwo(to) {
      const lowest = path.feed(to);
      if (lowest !== null && path.feeder.cards > 0) card(lowest).clings = draw();
      return lowest;
    },
    move(to) {
      if (inside) inside = { ...inside, at: to };
    },
    present() {
      if (!inside || !path.shutterOpen || atExit !== null) return false;
      atExit = inside.card;
      inside = null;
      return true;
    },
    retract() {
      if (atExit === null) return false;
      inside = { card: atExit, at: 'exit' };
      atExit = null;
      return true;
    },
    reject() {
      if (!inside || path.rejectBox.cards >= path.rejectBox.capacity) return false;
      const { id, clings } = card(inside.card);
      box.push(id, ...(clings === null ? [] : [clings]));
      path.rejectBox.cards = box.length;
      inside = null;
      return true;
    },
    ink(panel, bitmap) {
      if (inside) card(inside.card).ink.push({ panel, bitmap });
    },
    usePanels() {
      if (path.ribbon) path.ribbon.prints = Math.max(0, path.ribbon.prints - 1);
    },
    take() {
      const taken = atExit === null ? null : card(atExit);
      atExit = null;
      return taken;
    },
    takeInside() {
      const taken = inside === null ? null : card(inside.card);
      inside = null;
      return taken;
    },
  };
  return path;
}
