import type { Station } from '#drivers/card-printer/evolis/simulator/card-path.ts';
import { hasPower, shutterPulledOpen } from './world/cabinet-parts.ts';
import { cardInBezel, cardInside, cardsAt } from './world/cards.ts';
import { papersInTray } from './world/papers.ts';
import {
  type Card,
  type Device,
  devices,
  type Happening,
  type Lamp,
  type Paper,
  type PlacedFinger,
  type World,
} from './world/plain.ts';

/** A card as the page draws it; `picture` is an address below the page's own, null while nothing is on it. */
export interface CardView {
  id: string;
  kind: Card['kind'];
  /** Panels on it so far, in the order they were printed. */
  panels: string[];
  picture: string | null;
}

export interface PaperView {
  id: string;
  picture: string | null;
  lines: string[];
  rows: number;
}

/** What the page needs of the world, and no more: sent whole at each change. */
export interface CabinetView {
  safe: number;
  feeder: { cards: number; capacity: number; jammed: boolean };
  box: { cards: number; capacity: number };
  inside: (CardView & { at: Station }) | null;
  bezel: CardView | null;
  /** The card that a hand took last, and how many cards people have taken. */
  taken: (CardView & { who: string }) | null;
  takenCount: number;
  ribbon: { prints: number; capacity: number; broken: boolean } | null;
  coverClosed: boolean;
  doorClosed: boolean;
  mains: boolean;
  /** `resting` = let go, but a card holds it up. */
  shutter: { open: boolean; resting: boolean; stuck: boolean };
  lamps: Record<Lamp, boolean>;
  beeping: boolean;
  receipt: {
    leftShare: number;
    coverClosed: boolean;
    cutterBlocked: boolean;
    strip: PaperView | null;
    tray: PaperView[];
    taken: PaperView | null;
  };
  camera: World['scene'] & { picture: string };
  /** Null where no scanner stands here. */
  platen: { finger: PlacedFinger | null } | null;
  devices: Record<Device, { switchedOn: boolean; powered: boolean; plugged: boolean; connected: boolean }>;
  /** Newest first. */
  history: Happening[];
}

const HAPPENINGS_SHOWN = 30;

/** What the world does not know of its machines. */
interface Around {
  /** Whether a host holds the device's wire now. */
  connected: (device: Device) => boolean;
  hasScanner: boolean;
}

export function viewOf(world: World, { connected, hasScanner }: Around): CabinetView {
  const hands = world.cards.filter((card) => card.place.startsWith('hand:') || card.place.startsWith('pocket:'));
  return {
    safe: cardsAt(world, 'safe').length,
    feeder: { cards: cardsAt(world, 'hopper').length, ...world.feeder },
    box: { cards: cardsAt(world, 'box').length, ...world.rejectBox },
    ...cardsOnTheWay(world),
    taken: lastTaken(world),
    takenCount: hands.length,
    ribbon: world.ribbon,
    coverClosed: world.coverClosed,
    doorClosed: world.doorClosed,
    mains: world.mains,
    shutter: { open: world.shutter.open, resting: isResting(world), stuck: world.shutter.stuck },
    lamps: world.lamps,
    beeping: world.beeping,
    receipt: receiptView(world),
    camera: { ...world.scene, picture: cameraPicture(world) },
    platen: hasScanner ? { finger: world.platen.finger } : null,
    devices: deviceViews(world, connected),
    history: world.history.slice(-HAPPENINGS_SHOWN).reverse(),
  };
}

function isResting(world: World): boolean {
  return world.shutter.open && !shutterPulledOpen(world) && !world.shutter.stuck;
}

function cardsOnTheWay(world: World): Pick<CabinetView, 'inside' | 'bezel'> {
  const inside = cardInside(world);
  const bezel = cardInBezel(world);
  return {
    inside: inside ? { ...cardView(inside), at: inside.place as Station } : null,
    bezel: bezel ? cardView(bezel) : null,
  };
}

function cardView(card: Card): CardView {
  const { id, kind, ink } = card;
  const picture = ink.length > 0 ? `card/${id}.png?panels=${ink.length}` : null;
  return { id, kind, panels: ink.map((layer) => layer.panel), picture };
}

function lastTaken(world: World): CabinetView['taken'] {
  const last = world.history.findLast((one) => one.what === 'card taken' && one.card !== undefined);
  const card = world.cards.find((one) => one.id === last?.card);
  return card && last ? { ...cardView(card), who: last.who ?? 'somebody' } : null;
}

function receiptView(world: World): CabinetView['receipt'] {
  const { leftMm, fullMm, coverClosed, cutterBlocked, strip, papers, cuts } = world.receipt;
  const hanging = { id: `strip-${cuts}`, lines: strip.lines, rows: strip.rows };
  const picture = strip.rows > 0 ? `strip.png?rows=${cuts}-${strip.rows}` : null;
  const taken = papers.findLast((paper) => paper.place !== 'tray');
  return {
    leftShare: leftMm / fullMm,
    coverClosed,
    cutterBlocked,
    strip: strip.rows > 0 || strip.lines.length > 0 ? { ...hanging, picture } : null,
    tray: papersInTray(world).map(paperView),
    taken: taken ? paperView(taken) : null,
  };
}

function paperView({ id, lines, picture }: Paper): PaperView {
  return { id, lines, rows: picture?.rows ?? 0, picture: picture ? `paper/${id}.png` : null };
}

/** Another address for each other sight, so that a browser draws it anew exactly when there is something new to see. */
function cameraPicture({ scene: { held, covered } }: World): string {
  return `camera.jpg?sees=${encodeURIComponent(covered ? 'nothing' : held ? `${held.as} ${held.text}` : 'counter')}`;
}

function deviceViews(world: World, connected: (device: Device) => boolean): CabinetView['devices'] {
  const view = (device: Device) => ({
    switchedOn: world.switchedOn[device],
    powered: hasPower(world, device),
    plugged: world.plugged[device],
    connected: connected(device),
  });
  return Object.fromEntries(devices.map((device) => [device, view(device)])) as CabinetView['devices'];
}
