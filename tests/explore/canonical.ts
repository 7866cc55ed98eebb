import { createHash } from 'node:crypto';
import type { World } from '#cabinet/world/plain.ts';
import type { PrinterSnapshot } from '#drivers/card-printer/evolis/simulator/snapshot.ts';
import type { Authority } from './authority.ts';
import { rowsOf } from './books.ts';
import { type KioskState, kioskState, type OfficeState, officeState, tableRows, withoutTime } from './disk-state.ts';
import { isRestoring } from './epochs.ts';
import { startsWritten } from './found.ts';
import type { CrowdState } from './people.ts';
import type { PostState } from './post.ts';
import type { Universe } from './universe.ts';

/** Ids are drawn anew in every life, and blanks of one batch are alike: only which of them are the same one matters. */
const drawnByLot = /(?<![\w-])(?:[\w-]{22}|SU1-\d{4}-\d|blanko-\d{4})(?![\w-])/g;

function hashOf(parts: readonly string[]): string {
  const names = new Map<string, string>();
  const text = parts.join('\n').replaceAll(drawnByLot, (id) => {
    const name = names.get(id) ?? `#${names.size}`;
    names.set(id, name);
    return name;
  });
  return createHash('sha256').update(text).digest('base64url');
}

const worlds = new WeakMap<World, string>();
/** The world without what only tells how it came to be so. */
function bareWorld(world: World): string {
  const known = worlds.get(world);
  if (known) return known;
  const { nowMs: _, history: _h, lamps: _l, beeping: _b, receipt, ...rest } = world;
  const bare = JSON.stringify({ ...rest, left: receipt.leftMm > 0 });
  worlds.set(world, bare);
  return bare;
}

/** The last reply is read only after the reset that every life begins with, which forgets it. */
function bareMachine(machine: unknown): Record<string, unknown> {
  const { lastByteAtMs: _, lastReply: _reply, ...rest } = (machine ?? {}) as Record<string, unknown>;
  return rest;
}

/** Who stands before a dead machine goes home, as who has gone does: only those who want whatever can be had stay. */
const bareCrowd = ({ visitors, errands }: CrowdState) => [
  visitors
    .filter(({ state, takes }) => state === 'waiting' || (state === 'here' && takes === 'greedy'))
    .map(({ who, takes, state }) => [who, takes, state]),
  errands.map(({ name, step, noted }) => [name, step, noted]),
];
const bareAuthority = ({ term, enrolment, former, logLost }: Authority) => [
  ...[term, enrolment.epoch, logLost, former.filter(({ isKept }) => isKept).length, former.length],
];
const bareLetters = (letters: PostState['letters']) => letters.map(({ topic, text }) => [topic, withoutTime(text)]);

/** How what the office has been told stands to what the kiosk knows. */
function relation(kiosk: KioskState, { heads }: OfficeState, epoch: number): readonly unknown[] {
  const head = heads.find((one) => one.epoch === epoch);
  if (!head) return ['nothing', kiosk.acked > 0, kiosk.hashes.length > 0];
  const isOurs = kiosk.hashes[head.seq - 1] === head.hash;
  return [isOurs ? Math.sign(kiosk.hashes.length - head.seq) : 'other', Math.sign(kiosk.acked - head.seq)];
}

/** What decides, beside the disks, whether a card that is not done with may be in doubt. */
function excuses({ startsBefore }: KioskState, universe: Universe): unknown {
  if (startsBefore === null) return null;
  const { told, boards } = universe;
  const { onFormer, inAll } = startsWritten(universe);
  return [told.starts.slice(onFormer + startsBefore, inAll), told.boxed, told.presentedIn === boards];
}

/** What lies on disks, in the cabinet and on the wire, part by part. */
interface Lying {
  kiosk: KioskState | null;
  disks: string;
  machines: { printer: Record<string, unknown>; panel: unknown };
  elsewhere: string;
}

/** The two disks, and how what the office has been told stands to what the kiosk knows. */
function onDisks(universe: Universe) {
  const [kioskDisk, officeDisk] = [universe.kioskDb(), universe.centralDb()];
  const kiosk = kioskDisk && kioskState(kioskDisk, universe.storeOf('kiosk'));
  const office = officeDisk && officeState(officeDisk, universe.storeOf('central'));
  return { kiosk, office, told: kiosk && office && relation(kiosk, office, universe.authority.enrolment.epoch) };
}

function lyingIn(universe: Universe): Lying {
  const { world, authority, physics, wire } = universe;
  const { kiosk, office, told } = onDisks(universe);
  const { 'card-printer': printer, panel } = physics.memories();
  const onTheWire = wire && [wire.device, createHash('sha256').update(wire.bytes).digest('base64')];
  return {
    kiosk,
    disks: `${kiosk?.rows}\n${office?.rows}\n${bareWorld(world)}`,
    machines: { printer: bareMachine(printer), panel },
    elsewhere: JSON.stringify([
      told,
      onTheWire,
      bareAuthority(authority),
      universe.mends,
      universe.boardBoot,
      universe.silentSinceMs !== null,
    ]),
  };
}

/** What goes on at a moment, whatever was before. */
export interface Now {
  /** What a death would leave in hand and in the machine. */
  left: string;
  /** What is going on: what breaks in it is dealt with alike, in this story and in any other. */
  situation: string;
  /** The same without the messages that are on their way: for what breaks in the cabinet. */
  inside: string;
}

/** A moment of a story: how it would go on if the program died in it, if it lived, and where it is. */
export interface Keys extends Now {
  /** What has the same key has the same future after a death, but for the time of day. */
  dead: string;
  /** What there is now, whoever is to come and whatever is to go wrong. */
  place: string;
}

/**
 * All that a dead kiosk leaves behind, or a living one would if it died now. It tells of the past only what a later life,
 * or the oracle, will read.
 */
export const futureKey = (universe: Universe): string => deadKey(universe, lyingIn(universe));

function deadKey(universe: Universe, { kiosk, disks, machines, elsewhere }: Lying): string {
  const { told, post, crowd, disksKept } = universe;
  const letters = post.state.letters.filter(({ to }) => to === 'central'); // the others never arrive
  return hashOf([
    ...[disks, JSON.stringify(machines), elsewhere],
    JSON.stringify([told.untruths, told.strays, disksKept, kiosk && excuses(kiosk, universe)]),
    JSON.stringify([bareLetters(letters), bareCrowd(crowd), crowd.visitors[0]?.who]), // the first of them grabs
  ]);
}

export function keysOf(universe: Universe): Keys {
  const lying = lyingIn(universe);
  const { disks, machines, elsewhere } = lying;
  const { misbehaviours, ...printer } = machines.printer;
  const letters = JSON.stringify(bareLetters(universe.post.state.letters));
  const lives = String(universe.central !== null);
  return {
    dead: deadKey(universe, lying),
    ...situationOf(universe, [bareAuthority(universe.authority), heardTerm(universe)]),
    place: hashOf([disks, JSON.stringify([printer, machines.panel]), elsewhere, letters, lives]),
  };
}

/** Of a moment that comes after another event. It is asked for at each boundary of each world: it reads no whole disk anew. */
export const nowAfterEvent = (universe: Universe): Now => situationOf(universe, termNow(universe));

const heardTerm = (universe: Universe): number | null => (universe.kiosk && onDisks(universe).kiosk?.term) ?? null;

/**
 * After another event it is past how many terms there were: what counts is whether the kiosk has heard of this one, whether the
 * office still waits for it, and whether it has forgotten what it had confirmed.
 */
function termNow(universe: Universe): readonly unknown[] {
  const { told } = onDisks(universe);
  const { term, enrolment, former, logLost } = universe.authority;
  const isHeard = term === 1 || heardTerm(universe) === term;
  const hasForgotten = term > 1 && told?.[1] === 1;
  return [isHeard, isRestoring(universe) ? logLost : null, hasForgotten, enrolment.epoch, former.length];
}

/** Nothing of it counts what was before: neither blanks nor cards nor messages of a kind, nor what waits to go wrong, nor who comes next. */
function situationOf(universe: Universe, authority: readonly unknown[]): Now {
  const { kiosk, central, physics, post, crowd, mends, boardBoot, silentSinceMs, wire } = universe;
  const screen = kiosk?.controller.kiosk.screen.value.screen;
  const step = screen && 'step' in screen ? screen.step : null;
  const people = ['here', 'waiting'].map((where) => crowd.visitors.some(({ state }) => state === where));
  const left = hashOf([
    String(kiosk && onDisks(universe).kiosk?.inHand),
    JSON.stringify([central !== null, authority, mends, boardBoot, silentSinceMs !== null]),
    cabinetNow(universe.world),
    JSON.stringify([doingNow(physics.simulators['card-printer'].snapshot()), wire?.device === 'card-printer']),
  ]);
  const letters = [...new Set(post.state.letters.map(({ to, topic }) => `${to} ${topic}`))].sort();
  const inside = hashOf([left, JSON.stringify([screen?.at, step, people])]);
  return { left, inside, situation: hashOf([inside, JSON.stringify(letters)]) };
}

/** What the printer is at, and not how it is set, what it has counted or what it would say next. */
function doingNow(printer: PrinterSnapshot): unknown {
  const { power, doing, resetting, sequence, fault, stuckCard, ribbonEndedAt, hardwareError, panels, stream } = printer;
  const isDownloading = stream.download !== null;
  const held = Object.keys(panels); // also between two cards: the printer keeps one citizen's face when the next one comes
  return [power, doing, resetting, sequence, fault, stuckCard, ribbonEndedAt, hardwareError, held, isDownloading];
}

/** The cards that are on their way and whether there are more, but not how many. */
function cabinetNow(world: World): string {
  const { cards, shutter, feeder, ribbon, coverClosed, doorClosed, mains, switchedOn, plugged } = world;
  const onTheWay = cards.filter(({ place }) => !/^(safe|hopper|box|hand:|pocket:)/.test(place));
  const ink = onTheWay.map((card) => [card.place, card.ink.map(({ panel }) => panel).join('')]);
  const hasBlanks = cards.some(({ place }) => place === 'hopper');
  const hasRibbon = ribbon !== null && ribbon.prints > 0;
  return JSON.stringify([
    ...[ink, hasBlanks, hasRibbon],
    ...[shutter, feeder, coverClosed, doorClosed, mains, switchedOn, plugged],
  ]);
}

const restTables = {
  kiosk: [
    ...['lease_request', 'lease', 'attempt', 'stock', 'owed_paper'],
    ...['offline_lease', 'offline_try', 'lease_end', 'revoked_lease', 'command', 'reject_box'],
  ],
  central: [
    ...['lease', 'voided_request', 'stock', 'fork', 'anomaly', 'pin_try'],
    ...['command', 'offline_sealed', 'restore', 'listing', 'epoch'],
  ],
};
/** Two universes at rest with the same hash behave alike towards everybody who comes: histories are left out. */
export function restHash({ kiosk, central, world, physics }: Universe): string {
  if (!kiosk || !central) return '';
  const { screen } = kiosk.controller.kiosk.screen.value;
  return hashOf([
    tableRows(kiosk.store, restTables.kiosk),
    tableRows(central.store, restTables.central),
    JSON.stringify(rowsOf(central.store, 'SELECT right_id, state FROM print_right')),
    bareWorld(world),
    JSON.stringify(bareMachine(physics.memories()['card-printer'])),
    JSON.stringify(screen.at === 'welcome' ? screen.service : screen.at),
  ]);
}
