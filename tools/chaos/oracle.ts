import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accountsOf,
  brokenAt,
  type Card,
  type Fact,
  factsOf,
  type Journal,
  journalsIn,
  openCopy,
  type World,
  withoutZeros,
  worldIn,
} from './disks.ts';

/** Where to look when everything has ended. */
export interface Remains {
  kiosks: readonly string[];
  central: string;
  grants: string;
  kiosk: (name: string) => string;
  cabinet: (name: string) => string;
  scratch: string;
  /** What people saw: a card that a hand took, and visits whose screen said "reported". */
  taken: readonly { kiosk: string; card: string; who: string }[];
  reported: ReadonlySet<string>;
}

export interface Verdict {
  /** Entries in the journals that are left. */
  made: number;
  /** Cards in people's hands. */
  issued: number;
  /** Entries of those journals that central has not, or has with another hash. */
  lost: number;
  doubled: number;
  /** Blanks that lie elsewhere than the books allow. */
  unaccounted: number;
  /** People with more than one card. */
  twice: number;
  /** Everything that is wrong, in words; empty = all promises were kept. */
  faults: string[];
}

interface Office {
  entries: { kiosk: string; epoch: number; seq: number; text: string; hash: string; visit_no: string | null }[];
  rights: { right_id: string; state: string; kiosk: string | null }[];
  leases: { lease_id: string; right_id: string; state: string }[];
  stock: { kiosk: string; account: string; count: number }[];
  odd: string[];
  /** The log of grants, as text. */
  secondMedium: string;
}

/** Judges a run by the worlds, the journals and the office's database, and by nothing that a program says of itself. */
export function judge(remains: Remains): Verdict {
  const office = officeIn(remains);
  const kiosks = remains.kiosks.map((name) => ({
    name,
    journals: journalsIn(remains.kiosk(name), name, remains.scratch),
    world: worldIn(remains.cabinet(name)),
  }));
  const journals = kiosks.flatMap((one) => one.journals);
  const copies = copyFaults(journals, office);
  const blanks = kiosks.map(({ name, journals: own, world }) => blankFaults(name, own, world, office));
  const cards = cardFaults(
    kiosks.flatMap(({ world, name }) => world.cards.filter(isOutside).map((card) => ({ ...card, at: name }))),
    remains,
  );
  return {
    made: journals.reduce((sum, { rows }) => sum + rows.length, 0),
    issued: cards.out,
    lost: copies.lost,
    doubled: copies.doubled,
    unaccounted: blanks.reduce((sum, { off }) => sum + off, 0),
    twice: cards.twice,
    faults: [
      ...copies.faults,
      ...blanks.flatMap(({ faults }) => faults),
      ...cards.faults,
      ...rightFaults(office, remains),
    ],
  };
}

function officeIn({ central, grants, scratch }: Remains): Office {
  using store = openCopy(join(central, 'central.db'), join(scratch, 'central'));
  const anomalies = store.rows<{ kiosk: string; seq: number; what: string }>('SELECT kiosk, seq, what FROM anomaly');
  const forks = store.rows<{ kiosk: string; first: number }>('SELECT kiosk, first FROM fork');
  return {
    entries: store.rows('SELECT kiosk, epoch, seq, text, lower(hex(hash)) AS hash, visit_no FROM entry'),
    rights: store.rows('SELECT right_id, state, kiosk FROM print_right'),
    leases: store.rows('SELECT lease_id, right_id, state FROM lease'),
    stock: store.rows('SELECT kiosk, account, count FROM stock'),
    odd: [
      ...anomalies.map(({ kiosk, seq, what }) => `the office finds odd: ${kiosk} ${seq}: ${what}`),
      ...forks.map(({ kiosk, first }) => `the office took something for another history: ${kiosk} from ${first}`),
    ],
    secondMedium: existsSync(grants) ? readFileSync(grants, 'utf8') : '',
  };
}

/** Each entry of each journal that is left stands at central once, with its own hash; and nothing else does. */
function copyFaults(journals: readonly Journal[], { entries }: Office) {
  const faults: string[] = [];
  const key = (kiosk: string, epoch: number, seq: number) => `${kiosk} ${epoch} ${seq}`;
  const there = new Map(entries.map((entry) => [key(entry.kiosk, entry.epoch, entry.seq), entry]));
  let lost = 0;
  for (const journal of journals) {
    const { kiosk, epoch, rows } = journal;
    const broken = brokenAt(journal);
    if (broken !== null) faults.push(`the chain of ${kiosk} breaks at entry ${broken} of epoch ${epoch}`);
    const missing = rows.filter(({ seq, hash, text }) => {
      const copy = there.get(key(kiosk, epoch, seq));
      return copy?.hash !== hash || copy.text !== text;
    });
    lost += missing.length;
    if (missing.length > 0)
      faults.push(
        `${missing.length} entries of ${kiosk} are not at central, from ${missing[0]?.seq} of ${rows.length}`,
      );
    const more = entries.filter((one) => one.kiosk === kiosk && one.epoch === epoch && one.seq > rows.length).length;
    if (more > 0) faults.push(`central has ${more} entries of ${kiosk} that its journal has not`);
  }
  const doubled =
    entries.length - new Set(entries.map(({ kiosk, hash }) => `${kiosk} ${hash}`)).size + repeatedSteps(entries);
  if (doubled > 0) faults.push(`${doubled} entries stand at central more than once`);
  return { lost, doubled, faults };
}

/** The same step of the same attempt, told twice in different words. */
function repeatedSteps(entries: Office['entries']): number {
  const steps = entries.flatMap(({ kiosk, text }) => {
    const { type, subject, data } = JSON.parse(text) as Fact;
    return type.startsWith('print.') ? [`${kiosk} ${type} ${subject} ${String(data.offer ?? '')}`] : [];
  });
  return steps.length - new Set(steps).size;
}

const withStaff = /^hand:(operator|op-.*)$/i;
const isBlanko = ({ kind }: Card) => kind === 'blanko';
export const isOutside = (card: Card): boolean =>
  isBlanko(card) && /^(hand|pocket):|^floor$/.test(card.place) && !withStaff.test(card.place);

/** Physical count = books, account by account; what lies somewhere and is not booked there must be one of those in doubt. */
function blankFaults(name: string, journals: readonly Journal[], { cards }: World, { stock }: Office) {
  const books = accountsOf(journals.flatMap(({ rows }) => factsOf(rows)));
  const of = (...accounts: string[]) => accounts.reduce((sum, account) => sum + (books[account] ?? 0), 0);
  const lying = (test: (place: string) => boolean) => cards.filter((card) => isBlanko(card) && test(card.place)).length;
  const more: Record<string, number> = {
    hopper: lying((place) => place === 'hopper') - of('hopper'),
    'box or staff': lying((place) => place === 'box' || withStaff.test(place)) - of('retained', 'spoiled', 'destroyed'),
    hands: cards.filter(isOutside).length - of('issued'),
    printer: lying((place) => /^(print|contact|contactless|exit|bezel)$/.test(place)) - of('in-process'),
  };
  const open = of('in-doubt', 'unexplained');
  const sum = Object.values(more).reduce((total, count) => total + count, 0);
  const short = Object.values(more).reduce((total, count) => total + Math.max(0, -count), 0);
  const safe = lying((place) => place === 'safe') - (cards.filter(isBlanko).length + of('kecamatan-safe'));
  const off = short + Math.abs(sum - open) + Math.abs(safe);
  const central = Object.fromEntries(stock.filter((row) => row.kiosk === name).map((row) => [row.account, row.count]));
  const same = JSON.stringify(withoutZeros(central)) === JSON.stringify(books);
  return {
    off,
    faults: [
      ...(off > 0
        ? [`blanks at ${name}: ${JSON.stringify(more)} more than booked, ${open} in doubt, safe ${safe}`]
        : []),
      ...(same
        ? []
        : [
            `the office's stock of ${name} is ${JSON.stringify(withoutZeros(central))}, the journal says ${JSON.stringify(books)}`,
          ]),
    ],
  };
}

const wholeFace = 'ymcko';

/** One card at most in anybody's hands, by who took it and by whose face is on it; and each of them whole. */
function cardFaults(cards: readonly (Card & { at: string })[], { taken }: Remains) {
  const panels = (card: Card) => card.ink.map(({ panel }) => panel).join('');
  const faceOf = (card: Card) => card.ink.find(({ panel }) => panel === 'k')?.bitmap ?? card.id;
  const takerOf = ({ at, id }: Card & { at: string }) =>
    taken.find((one) => one.kiosk === at && one.card === id)?.who ?? `nobody (${at} ${id})`;
  const more = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);
  const byFace = more(cards.map(faceOf));
  const byHand = more(cards.map(takerOf));
  const unseen = cards.filter((card) => takerOf(card).startsWith('nobody'));
  return {
    out: cards.length,
    twice: Math.max(byFace.length, byHand.length),
    faults: [
      ...byFace.map(
        (face) =>
          `two cards with one face are in people's hands: ${cards
            .filter((card) => faceOf(card) === face)
            .map(({ at, id }) => `${at} ${id}`)
            .join(', ')}`,
      ),
      ...byHand.map((who) => `${who} has two cards`),
      ...cards
        .filter((card) => panels(card) !== wholeFace)
        .map((card) => `${card.at} ${card.id} was handed over with ${panels(card) || 'nothing'} on it`),
      ...unseen.map(({ at, id }) => `${at} ${id} is in a hand, and nobody took it`),
    ],
  };
}

const lasting = ['usable', 'issued', 'held', 'in-doubt', 'paused', 'closed', 'lost'];

/** A right comes to rest, is granted once at a time, every grant is on the second medium, and "reported" was true. */
function rightFaults({ rights, leases, entries, odd, secondMedium }: Office, { reported }: Remains): string[] {
  const live = leases.filter(({ state }) => state === 'live').map(({ right_id }) => right_id);
  const outcomes = new Set(
    entries.filter(({ text }) => text.startsWith('{"type":"print.outcome"')).map(({ visit_no }) => visit_no),
  );
  return [
    ...odd,
    ...rights
      .filter(({ state }) => !lasting.includes(state))
      .map(({ state, kiosk }) => `a right is lost: it stays ${state} at ${kiosk}`),
    ...live.filter((id, index) => live.indexOf(id) !== index).map((id) => `${id} is live twice`),
    ...leases
      .filter(({ lease_id }) => !secondMedium.includes(`"${lease_id}"`))
      .map(({ lease_id }) => `${lease_id} was granted, and is not on the second medium`),
    ...[...reported]
      .filter((visitNo) => !outcomes.has(visitNo))
      .map((visitNo) => `visit ${visitNo} was called reported, and central does not have it`),
  ];
}
