import { cardInBezel } from '#cabinet/world/cards.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Store } from '#kit/store.ts';
import { accountsFrom, brokenAt, entriesAt, type Fact, factsIn, journalOf, rowsOf, stockIn } from './books.ts';
import {
  blanksAt,
  blanksWithStaff,
  isInBoxOrWithStaff,
  isOutside,
  isWhole,
  named,
  printedTwice,
  spoiltBy,
} from './cards.ts';
import type { JournalOfEpoch } from './epochs.ts';
import {
  booksOver,
  epochFaults,
  factsOf,
  isRestoring,
  journalsOf,
  orderFaults,
  restsWithKiosk,
  unknownYet,
} from './epochs.ts';
import type { KioskLife } from './life.ts';
import { personalData } from './secrets.ts';
import type { Universe } from './universe.ts';

/** What a world was put through, as far as it bears on what may be expected of it. */
export interface Expectations {
  /** Somebody reached in, a sensor froze, or the printer did on its own what no host can know: a person may be needed. */
  mayDoubt: boolean;
  /** Blanks that hands put in or took out without a word in the books. */
  unbooked: boolean;
  /** The printer lays ink on a card by itself, while no program drives it. That card must not come out. */
  inksAlone: boolean;
  /** This kiosk's history is not the one that the office knows, or may not be: only cards and rights are looked at. */
  otherHistory: boolean;
  /** A machine is out of order in the end, so that nobody needs to be served. */
  mayStand: boolean;
}

/** Rules on cards, at any moment: invariants 1 and 2. */
export function cardFaults({ town, world }: Universe, { inksAlone }: Pick<Expectations, 'inksAlone'>): string[] {
  const outside = world.cards.filter(isOutside);
  const bearers = outside.flatMap((card) => named(town, card));
  const twice = bearers.filter((name, index) => bearers.indexOf(name) !== index);
  return [
    ...twice.map((name) => `1 two cards of ${name} are in people's hands`),
    ...outside.filter((card) => !isWhole(town, card)).map(({ id }) => `2 ${id} was handed over and is no whole card`),
    ...world.cards.flatMap((card) => {
      const spoilt = spoiltBy(town, card);
      return spoilt && !(inksAlone && spoilt === printedTwice) ? [`2 ${card.id} ${spoilt}`] : [];
    }),
  ];
}

/** Everything that must hold when a universe has come to rest. */
export function faultsAtRest(universe: Universe, isQuiet: boolean, expect: Expectations): string[] {
  const { kiosk, central, told } = universe;
  if (!kiosk || !central) return ['0 somebody is still dead'];
  const facts = factsOf(universe);
  if (expect.otherHistory)
    return [
      ...cardFaults(universe, expect),
      ...ackFaults(universe),
      ...forkFaults(universe),
      ...usableFaults(universe),
    ];
  return [
    ...cardFaults(universe, expect),
    ...blankoFaults(universe, expect),
    ...orderFaults(universe, facts),
    ...epochFaults(universe),
    ...bookFaults(universe),
    ...ackFaults(universe),
    ...rightFaults(universe, facts),
    ...usableFaults(universe),
    ...inkFaults(universe, facts),
    ...plasticFaults(universe, facts),
    ...personalData(universe).map((where) => `7 personal data ${where}`),
    ...told.untruths,
    ...(expect.mayDoubt ? [] : [...told.strays, ...doubts(universe, facts)]),
    ...lifeFaults(universe, isQuiet, expect),
  ];
}

/** Invariant 3. What lies somewhere and is not booked there must be one of the cards in doubt; the sum never changes. */
function blankoFaults(universe: Universe, { unbooked }: Expectations): string[] {
  const { world, kiosk, central } = universe;
  if (!kiosk || !central) return [];
  const books = booksOver(universe);
  const own = accountsFrom(factsIn(journalOf(kiosk.store)));
  const of = (...accounts: string[]) => accounts.reduce((sum, account) => sum + (books[account] ?? 0), 0);
  const more = {
    hopper: blanksAt(world, 'hopper') - of('hopper'),
    box: blanksAt(world, 'box') + blanksWithStaff(world) - of('retained', 'spoiled', 'destroyed'),
    hands: world.cards.filter(isOutside).length - of('issued'),
    'the printer': blanksAt(world, 'print', 'contact', 'contactless', 'exit', 'bezel') - of('in-process'),
  };
  const open = of('in-doubt', 'unexplained');
  const places = Object.entries(more);
  const fits = places.every(([, count]) => count >= 0) && places.reduce((sum, [, count]) => sum + count, 0) === open;
  const sum = Object.values(books).reduce((total, count) => total + count, 0);
  return [
    ...(fits || unbooked ? [] : [`3 blanks: ${JSON.stringify(more)} more than booked, ${open} in doubt`]),
    ...(sum === 0 ? [] : [`3 the books do not balance: ${sum}`]),
    ...(same(stockIn(kiosk.store), own) ? [] : ['3 the stock of the kiosk is not what its movements add up to']),
    ...(same(stockIn(central.store), books) ? [] : ["3 the office's stock is not the kiosk's"]),
  ];
}

/** Invariant 4: a prefix, hash by hash, over a chain that holds; and what was called reported is there. */
function bookFaults(universe: Universe): string[] {
  const { central, town, told } = universe;
  if (!central) return [];
  const hashes = new Set(entriesAt(central.store).map(({ hash }) => hash));
  const odd = rowsOf<{ what: string }>(central.store, 'SELECT what FROM anomaly').filter(
    ({ what }) => !(universe.authority.logLost && unknownYet.test(what)),
  );
  const forks = rowsOf<{ first: number }>(central.store, 'SELECT first FROM fork');
  return [
    ...journalsOf(universe).flatMap((journal) => chainFaults(central.store, town.enrolment.kiosk, journal)),
    ...told.reported
      .filter((hash) => !hashes.has(hash))
      .map((hash) => `4 reported, and not at central: ${hash.slice(0, 8)}`),
    ...odd.map(({ what }) => `4 the office finds odd: ${what}`),
    ...forks.map(({ first }) => `4 taken for another history from ${first}`),
  ];
}

function chainFaults(central: Store, kiosk: string, { epoch, rows: own }: JournalOfEpoch): string[] {
  const there = entriesAt(central, epoch);
  return [
    ...(brokenAt(own, kiosk, epoch) === null ? [] : [`4 the chain breaks at ${brokenAt(own, kiosk, epoch)}`]),
    ...(there.every(({ hash, text }, index) => own[index]?.hash === hash && own[index]?.text === text)
      ? []
      : ["4 the office's copy is no prefix of the kiosk's journal"]),
  ];
}

/** What a kiosk believes to be acknowledged is at the office, hash by hash. */
function ackFaults({ kiosk, central, authority }: Universe): string[] {
  if (!kiosk || !central) return [];
  const { epoch } = authority.enrolment;
  const [acked] = rowsOf<{ seq: number; hash: string }>(
    kiosk.store,
    `SELECT seq, lower(hex(hash)) AS hash FROM acked WHERE epoch = ${epoch}`,
  );
  if (!acked || acked.seq === 0) return [];
  const there = entriesAt(central.store, epoch).find(({ seq }) => seq === acked.seq);
  return there?.hash === acked.hash
    ? []
    : [`4 acknowledged up to ${acked.seq}, and the office has something else there`];
}

/** A kiosk whose history is another one than the office's serves nobody: it has stopped for that, or the office has set it aside. */
function forkFaults({ kiosk, central, authority }: Universe): string[] {
  if (!kiosk || !central) return [];
  const own = journalOf(kiosk.store);
  const other = entriesAt(central.store, authority.enrolment.epoch).some(
    ({ seq, hash }) => own[seq - 1]?.hash !== hash,
  );
  if (!other) return [];
  const { screen } = kiosk.controller.kiosk.screen.value;
  const service = screen.at === 'welcome' ? screen.service : null;
  const isNoticed =
    service?.reason === 'kiosk/journal-fork' || rowsOf(central.store, 'SELECT first FROM fork').length > 0;
  return [
    ...(isNoticed ? [] : ["4 the office's copy is no prefix of the kiosk's journal, and neither has noticed"]),
    ...(service?.mode === 'full' ? ['4 its history is another one than the office has, and it serves people'] : []),
  ];
}

const lasting = ['usable', 'issued', 'held', 'in-doubt', 'paused', 'closed'];

/** Invariants 5 and 6: a right comes to rest, is granted once, and what is granted stands on the second medium. */
function rightFaults(universe: Universe, facts: readonly Fact[]): string[] {
  const { kiosk, central, grants, authority } = universe;
  if (!kiosk || !central || isRestoring(universe)) return [];
  const rights = rowsOf<{ right_id: string; state: string; person: string }>(
    central.store,
    'SELECT * FROM print_right',
  );
  const leases = rowsOf<{ lease_id: string; right_id: string; state: string }>(central.store, 'SELECT * FROM lease');
  const lines = grants.map((line) => JSON.parse(line) as { claims?: { leaseId: string } });
  const logged = new Set(lines.map(({ claims }) => claims?.leaseId));
  const live = leases.filter(({ state }) => state === 'live').map(({ right_id }) => right_id);
  const granted = new Set(leases.map(({ lease_id }) => lease_id));
  return [
    ...rights
      .filter(({ state, right_id }) => !lasting.includes(state) && !restsWithKiosk(universe, right_id))
      .map(({ state }) => `5 a right is lost: it stays ${state}`),
    ...live.filter((id, index) => live.indexOf(id) !== index).map((id) => `6 ${id} is live twice`),
    ...leases
      .filter(({ lease_id }) => !authority.logLost && !logged.has(lease_id))
      .map(() => '6 a grant that is not on the second medium'),
    ...facts
      .filter(({ type, data }) => type === 'print.intended' && !granted.has(String(data.leaseId)))
      .map(() => '6 printed without a grant'),
  ];
}

/** Nobody whose card is out can have another one. */
function usableFaults(universe: Universe): string[] {
  const { central, world, town } = universe;
  if (!central || isRestoring(universe)) return [];
  const rights = rowsOf<{ state: string; person: string }>(central.store, 'SELECT state, person FROM print_right');
  const out = world.cards.filter(isOutside).flatMap((card) => named(town, card));
  const holders = rights.filter(({ person }) =>
    town.citizens.some((one) => one.person === person && out.includes(one.code)),
  );
  return holders.filter(({ state }) => state === 'usable').map(() => '5 a card is out and its right is usable');
}

/** No ink before it is written that there may be some, and no card counted as blank that bears any. Each epoch counts for itself: a new one counts anew. */
function inkFaults(universe: Universe, facts: readonly Fact[]): string[] {
  const { world } = universe;
  const inked = world.cards.filter(({ ink }) => ink.length > 0);
  const written = facts.filter(({ type }) => type === 'print.inking').length;
  const blank = Math.max(0, ...journalsOf(universe).map(({ rows }) => countedBlank(factsIn(rows))));
  const bareInBox = world.cards.filter((card) => card.ink.length === 0 && isInBoxOrWithStaff(card)).length;
  return [
    ...(inked.length > written
      ? [`2 ${inked.length} cards bear ink, and print.inking is written ${written} times`]
      : []),
    ...(blank > bareInBox
      ? [`3 ${blank} cards in the box are booked as blank, and ${bareInBox} there and with staff are`]
      : []),
  ];
}

const countedBlank = (facts: readonly Fact[]): number =>
  facts.filter(({ type, data }) => type === 'blanko.moved' && data.kind === 'blank').length;

/** A right travels with plastic: while one body may be its card, there is no other, and it is not to be had again. */
function plasticFaults(universe: Universe, facts: readonly Fact[]): string[] {
  const { central } = universe;
  if (!central || isRestoring(universe)) return [];
  const rights = rowsOf<{ right_id: string; state: string; person: string }>(
    central.store,
    'SELECT * FROM print_right',
  );
  const destroyed = facts.filter(({ type }) => type === 'card.destroyed').map(({ subject }) => subject);
  const bodies = facts.filter(
    ({ type, subject, data }) =>
      type === 'print.outcome' &&
      ['issued', 'retained', 'in-doubt'].includes(String(data.outcome)) &&
      !destroyed.includes(subject),
  );
  const owners = bodies.map(({ data }) => String(data.rightId));
  const twice = owners.filter((id, index) => owners.indexOf(id) !== index);
  return [
    ...twice.map((id) => `5 ${id} has two bodies: each is issued, held or in doubt`),
    ...rights
      .filter(({ right_id, state }) => state === 'usable' && owners.includes(right_id))
      .map(() => '5 a body is issued, held or in doubt, and its right is usable'),
  ];
}

/**
 * A person is needed only where a list says so; anywhere else doubt is a fault. Without a hand, a frozen sensor or a printer
 * that does as it likes, the list is this, and the program has died each time:
 * - an inked card was inside that it had not begun to present;
 * - presenting was written, and the card stood in the slot when the program came back;
 * - a feed was intended (the blank alone) or presenting was written, and the printer had forgotten its settings, or the card
 *   had been moved to the box by a life that ended before it was booked.
 * A printer forgets its settings when it loses its power, and in a reset that the program did not outlive: what it did after
 * either is not known.
 */
function doubts(universe: Universe, facts: readonly Fact[]): string[] {
  const isListed = (subject: string) => mayBeUnsure(universe, facts, subject);
  const unsure = facts.filter(({ type, data }) => type === 'print.outcome' && data.outcome === 'in-doubt');
  const lost = facts.filter(
    ({ type, data }) => type === 'blanko.moved' && ['in-doubt', 'unexplained'].includes(String(data.to)),
  );
  return [
    ...unsure
      .filter(({ subject }) => !isListed(subject))
      .map(() => 'doubt: a right needs a person, and nothing happened that does'),
    ...lost
      .filter(({ subject }) => !isListed(subject))
      .map(({ data }) => `doubt: a blank is ${data.to} (${data.evidence})`),
  ];
}

const steps = ['print.intended', 'print.inking', 'print.printed', 'print.presenting'];

function mayBeUnsure({ told }: Universe, facts: readonly Fact[], subject: string): boolean {
  const last = facts.findLast((one) => one.subject === subject && steps.includes(one.type));
  const starts = facts.filter(({ type }) => type === 'kiosk.started');
  const first = starts.findIndex(({ seq }) => last !== undefined && seq > last.seq);
  if (!last || first < 0) return false;
  if (last.type === 'print.inking' || last.type === 'print.printed') return true;
  const decided = facts.find((one) => one.subject === subject && one.type === 'print.outcome');
  const found = told.starts.slice(first, starts.filter(({ seq }) => !decided || seq < decided.seq).length);
  if (found.some(({ printerForgot, boxed }) => printerForgot || boxed)) return true;
  return last.type === 'print.presenting' && found[0]?.cardInSlot === true;
}

/** In the end somebody is welcome, or it says what a person has to do, and that is so. */
function lifeFaults(universe: Universe, isQuiet: boolean, { mayStand }: Expectations): string[] {
  const { kiosk, central } = universe;
  if (!kiosk || !central) return [];
  const { screen } = kiosk.controller.kiosk.screen.value;
  const shows = JSON.stringify(screen).slice(0, 130);
  const died = [kiosk.fault, central.fault].flatMap((fault) => (fault ? [`life: it ended by itself: ${fault}`] : []));
  if (!isQuiet) return [...died, `life: it never comes to rest, and shows ${shows}`];
  if (mayStand || (screen.at === 'welcome' && screen.service.mode === 'full')) return died;
  const reason = screen.at === 'welcome' ? screen.service.reason : null;
  const isSo = reason !== null && tasks[reason]?.(universe);
  return isSo ? died : [...died, `life: it serves nobody, and shows ${shows}`];
}

/** Reasons for which a named person has to come, and how the world looks when that is true. */
const tasks: Record<string, (universe: Universe) => boolean> = {
  'card-printer/cover-open': ({ world }) => !world.coverClosed,
  'card-printer/feeder-empty': ({ world }) => blanksAt(world, 'hopper') === 0,
  'kiosk/no-blanko': ({ kiosk }) => (kiosk ? (stockIn(kiosk.store).hopper ?? 0) : 0) <= 0,
  'card-printer/ribbon-ended': ({ world, physics }) =>
    world.ribbon?.prints === 0 || (physics.simulators['card-printer'].snapshot().ribbonEndedAt ?? null) !== null,
  'card-printer/reject-box-full': ({ world }) => blanksAt(world, 'box') >= world.rejectBox.capacity,
  'card-printer/jam': ({ physics }) => physics.simulators['card-printer'].snapshot().stuckCard !== null,
  'panel/shutter-stuck': ({ world }) => world.shutter.open,
  'card-printer/spoiled-twice': ({ kiosk }) => {
    const ends = kiosk ? factsIn(journalOf(kiosk.store)).filter(({ type }) => type === 'print.outcome') : [];
    return ends.length >= 2 && ends.slice(-2).every(({ data }) => data.outcome === 'spoiled');
  },
};

/** Notes what a screen says while it says it, and each card that comes out. */
export function watchScreens(universe: Universe): void {
  universe.onWorld = ({ history }, before) => {
    const last = history.at(-1);
    if (last === before.history.at(-1) || !last || !universe.kiosk) return;
    const silentMs = universe.clock.nowMs - (universe.silentSinceMs ?? universe.clock.nowMs);
    if (last.what === 'card fed' && silentMs > 2_000)
      universe.told.untruths.push(`7 ${last.card} was fed, and no sensor at the slot had spoken for ${silentMs} ms`);
    if (last.what === 'card presented' && !isBeingHanded(universe.kiosk))
      universe.told.strays.push(`2 ${last.card} came out, and nobody was being handed one`);
  };
  universe.onScreen = ({ screen }: ScreenState) => {
    const { kiosk, told } = universe;
    if (!kiosk) return;
    if (screen.at === 'take-card' && !isOut(universe))
      told.untruths.push('screen: "take your card", and none is there');
    if (screen.at !== 'goodbye' || !screen.reported) return;
    const outcome = journalOf(kiosk.store).findLast(({ text }) => text.startsWith('{"type":"print.outcome"'));
    if (outcome && !told.reported.includes(outcome.hash)) told.reported.push(outcome.hash);
    const there = universe.central
      ? entriesAt(universe.central.store).some(({ hash }) => hash === outcome?.hash)
      : true;
    if (!there) told.untruths.push('screen: "reported", and central does not have it');
  };
}

/** Whether the newest step of a card is that it is presented, in this life of the program. */
function isBeingHanded({ store }: KioskLife): boolean {
  const facts = journalOf(store).filter(({ text }) => /^{"type":"(print|kiosk)\./.test(text));
  return facts.at(-1)?.text.startsWith('{"type":"print.presenting"') === true;
}

/** In the slot, or in the hand that has just taken it there. */
function isOut({ world }: Universe): boolean {
  const moves = ['card presented', 'card taken', 'card pulled back', 'card rejected', 'card fed'];
  return (
    cardInBezel(world) !== undefined ||
    world.history.findLast(({ what }) => moves.includes(what))?.what === 'card taken'
  );
}

const same = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
