import { type Device, devices, type Manner, manners } from './world/plain.ts';
import type { HeldAs, Verbs } from './world/verbs.ts';

/** What a click on the page asks for: the name of a verb and what goes with it. */
export interface Action {
  verb: string;
  count?: number;
  device?: Device;
  text?: string;
  as?: HeldAs;
  finger?: (typeof pageFingers)[number];
  manner?: Manner;
}

/** The two that are enrolled of everybody here. */
const pageFingers = ['right-index', 'left-index'] as const;

type Deed = (world: Verbs, action: Action, cabinet: Actable) => unknown;

/** What can be acted upon: the world, and the one accident that happens inside a machine. */
export interface Actable {
  world: Verbs;
  jamCard(): void;
}

const holdings = ['paper', 'phone', 'cracked-phone', 'dark-phone', 'glare', 'inverted', 'folded'] satisfies HeldAs[];
const MOST_AT_ONCE = 500;
const LONGEST_CODE = 500;

/** Every verb that the page may ask for. A name that is not here does nothing. */
const deeds: Record<string, Deed> = {
  loadHopper: (world, { count }) => world.loadHopper(count ?? 50),
  deliverBlanks: (world, { count }) => world.deliverBlanks(count ?? 100),
  holdBeforeCamera: (world, { text, as }) => world.holdBeforeCamera(text ?? '', as ?? 'paper'),
  putFinger: (world, { text, finger, manner }) => world.putFinger(text ?? 'somebody', finger ?? 'right-index', manner),
  jamCard: (_world, _action, cabinet) => cabinet.jamCard(),
  ...forDevice('switchOff', 'switchOn', 'unplug', 'replug'),
  ...plain('emptyFeeder', 'emptyRejectBox', 'takeCard', 'leaveCard', 'dropCard', 'pushCardBack', 'pushForeignCard'),
  ...plain('takeCardFromInside', 'openDoor', 'closeDoor', 'openCover', 'closeCover', 'cutMains', 'restoreMains'),
  ...plain('jam', 'freeFeeder', 'wedgeShutter', 'freeShutter', 'endRibbon', 'tearRibbon', 'takeRibbonOut'),
  ...plain('changeRibbon', 'loadPaper', 'endPaper', 'thinPaper', 'openReceiptLid', 'closeReceiptLid', 'blockCutter'),
  ...plain('freeCutter', 'takePaper', 'takeFromCamera', 'coverCamera', 'uncoverCamera', 'stallCamera', 'restartCamera'),
  ...plain('liftFinger'),
};

type NameOf<Shape> = { [Name in keyof Verbs]: Verbs[Name] extends Shape ? Name : never }[keyof Verbs];

function plain(...names: NameOf<() => unknown>[]): Record<string, Deed> {
  return Object.fromEntries(names.map((name): [string, Deed] => [name, (world) => world[name]()]));
}

function forDevice(...names: ('switchOff' | 'switchOn' | 'unplug' | 'replug')[]): Record<string, Deed> {
  return Object.fromEntries(
    names.map((name): [string, Deed] => [name, (world, { device }) => device !== undefined && world[name](device)]),
  );
}

/** Lets it happen. False where the page asked for something that nobody can do. */
export function act(cabinet: Actable, action: Action): boolean {
  const deed = Object.hasOwn(deeds, action.verb) ? deeds[action.verb] : undefined;
  deed?.(cabinet.world, action, cabinet);
  return deed !== undefined;
}

/** Reads what came over the wire; null where it is no action. */
export function readAction(body: unknown): Action | null {
  if (typeof body !== 'object' || body === null) return null;
  const { verb, count, device, text, as, finger, manner } = body as Record<string, unknown>;
  const isAction =
    typeof verb === 'string' &&
    (count === undefined || isCount(count)) &&
    (device === undefined || devices.some((name) => name === device)) &&
    (text === undefined || isCode(text)) &&
    (as === undefined || holdings.some((name) => name === as)) &&
    (finger === undefined || pageFingers.some((name) => name === finger)) &&
    (manner === undefined || manners.some((name) => name === manner));
  return isAction ? (body as Action) : null;
}

function isCount(count: unknown): boolean {
  return Number.isInteger(count) && Number(count) >= 1 && Number(count) <= MOST_AT_ONCE;
}

function isCode(text: unknown): boolean {
  return typeof text === 'string' && text !== '' && text.length <= LONGEST_CODE;
}
