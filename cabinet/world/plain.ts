import type { FingerPosition } from '#contract/screen/screen-state.ts';
import type { Scene } from '#drivers/camera/mjpeg/simulator/scene.ts';
import type { Panel, Station } from '#drivers/card-printer/evolis/simulator/card-path.ts';

/** Cards are told apart by an id that is printed nowhere and that no wire ever carries. */
export type CardId = string;

/**
 * Where a card is. The four stations are inside the printer; in the bezel the card's front half is outside, where a hand
 * can take it.
 */
export type Place = 'safe' | 'hopper' | Station | 'bezel' | 'box' | 'floor' | `hand:${string}` | `pocket:${string}`;

export interface Card {
  id: CardId;
  /** A blanko, or something else that somebody pushed into the slot. */
  kind: 'blanko' | 'foreign';
  place: Place;
  /** The card above it, where it clings to one that was fed: unseen by every sensor it goes wherever that one goes. */
  under: CardId | null;
  /** What the head has laid on it, oldest first; the pictures are kept aside by their SHA-256. */
  ink: { panel: Panel; bitmap: string }[];
}

/** A receipt or slip that has been cut off, in the tray or with a person. Newest last; only the newest are kept. */
export interface Paper {
  id: string;
  place: 'tray' | `hand:${string}`;
  lines: string[];
  picture: PaperPicture | null;
}

/** 1 bit per dot, rows padded to whole bytes, 1 = black; the dots are kept aside by their SHA-256. */
export interface PaperPicture {
  bitmap: string;
  widthDots: number;
  rows: number;
}

/** The paper that hangs out of the slit, not cut yet. `dots` are pieces in base64: they are merged when it is cut. */
export interface Strip {
  lines: string[];
  dots: string[];
  widthDots: number;
  rows: number;
}

/** How a finger comes down on the glass: what makes a picture good, or what spoils it. */
export const manners = ['well', 'lightly', 'wet', 'beside'] as const;
export type Manner = (typeof manners)[number];

/** A finger on the scanner's glass. Whose it is, never what it looks like: no picture of a finger is saved. */
export interface PlacedFinger {
  person: string;
  finger: FingerPosition;
  manner: Manner;
  /** Counts placements: no two give the same picture. */
  placement: number;
}

export const devices = ['card-printer', 'receipt-printer', 'panel', 'camera', 'fingerprint-scanner'] as const;
export type Device = (typeof devices)[number];
export type Lamp = 'slot' | 'call' | 'ready' | 'trouble';

/** Something that happened, for the one history. Times are wall-clock milliseconds. */
export interface Happening {
  at: number;
  what: string;
  card?: CardId;
  who?: string;
  count?: number;
}

/** The whole physical world of one cabinet, as plain data that survives JSON. */
export interface World {
  version: 1;
  /** Wall-clock milliseconds of the last change; the functions over the world take the time from here. */
  nowMs: number;
  /** The order is the order in the feeder: the first card there is the lowest. */
  cards: Card[];
  /** How many things that are no blanko have ever been pushed in. */
  foreignThings: number;
  feeder: { capacity: number; nearEmptyAt: number; jammed: boolean };
  rejectBox: { capacity: number };
  /** Cards fed in the printer's life; survives power. */
  cardsFed: number;
  ribbon: { prints: number; capacity: number; zone: string; broken: boolean } | null;
  coverClosed: boolean;
  doorClosed: boolean;
  /** `pulled` is what the board asks of the motor, `open` what is. `stuck` = it does not move. */
  shutter: { pulled: boolean; open: boolean; stuck: boolean };
  lamps: Record<Lamp, boolean>;
  beeping: boolean;
  receipt: {
    leftMm: number;
    fullMm: number;
    nearEndMm: number;
    coverClosed: boolean;
    cutterBlocked: boolean;
    strip: Strip;
    papers: Paper[];
    /** Papers cut in the printer's life. */
    cuts: number;
  };
  scene: { held: Scene['held']; covered: boolean; stalled: boolean };
  platen: { finger: PlacedFinger | null; placements: number };
  mains: boolean;
  /** The switch of each device, and the cable between it and the board. */
  switchedOn: Record<Device, boolean>;
  plugged: Record<Device, boolean>;
  history: Happening[];
}

export interface NewWorld {
  /** Blanks in the office's safe. The feeder starts empty. */
  blanks?: number;
  ribbonPrints?: number;
  feederCapacity?: number;
  rejectBoxCapacity?: number;
}

/** Capacities of the real machines are assumptions: no data sheet was at hand (card-printer sheet, section 7). */
const RIBBON_PRINTS = 200;
const RIBBON_ZONE = 'F616';
const ROLL_MM = 50_000;

export function newRibbon(prints = RIBBON_PRINTS): World['ribbon'] {
  return { prints, capacity: RIBBON_PRINTS, zone: RIBBON_ZONE, broken: false };
}

export const emptyStrip: Strip = { lines: [], dots: [], widthDots: 0, rows: 0 };

/** A cabinet as the carrier sets it down: no card inside, a fresh ribbon and roll, everything shut and switched on. */
export function newWorld(options: NewWorld = {}): World {
  const all = <T>(value: T) => Object.fromEntries(devices.map((device) => [device, value])) as Record<Device, T>;
  return {
    version: 1,
    nowMs: 0,
    cards: Array.from({ length: options.blanks ?? 500 }, (_, index) => blankCard(index + 1)),
    foreignThings: 0,
    feeder: { capacity: options.feederCapacity ?? 200, nearEmptyAt: 10, jammed: false },
    rejectBox: { capacity: options.rejectBoxCapacity ?? 30 },
    cardsFed: 0,
    ribbon: newRibbon(options.ribbonPrints),
    coverClosed: true,
    doorClosed: true,
    shutter: { pulled: false, open: false, stuck: false },
    lamps: { slot: false, call: false, ready: false, trouble: false },
    beeping: false,
    receipt: newReceiptPrinter(),
    scene: { held: null, covered: false, stalled: false },
    platen: { finger: null, placements: 0 },
    mains: true,
    switchedOn: all(true),
    plugged: all(true),
    history: [],
  };
}

function newReceiptPrinter(): World['receipt'] {
  const roll = { leftMm: ROLL_MM, fullMm: ROLL_MM, nearEndMm: 2_000 };
  return { ...roll, coverClosed: true, cutterBlocked: false, strip: emptyStrip, papers: [], cuts: 0 };
}

export function blankCard(number: number): Card {
  return { id: `blanko-${String(number).padStart(4, '0')}`, kind: 'blanko', place: 'safe', under: null, ink: [] };
}

const LONGEST_HISTORY = 1_000;

/** The same world with one more line in its history. */
export function told(world: World, what: string, about: Omit<Happening, 'at' | 'what'> = {}): World {
  const history = [...world.history, { at: world.nowMs, what, ...about }];
  return { ...world, history: history.slice(-LONGEST_HISTORY) };
}
