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
  /** A kiosk whose first journal was lost: only the office has what it said until then. */
  reimaged?: string | null;
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
  odd: { kiosk: string; says: string; isFork: boolean }[];
  /** The log of grants, as text. */
  secondMedium: string;
}

/** Judges a run by the worlds, the journals and the office's database, and by nothing that a program says of itself. */
export function judge(remains: Remains): Verdict {
  const office = officeIn(remains);
  const kiosks = remains.kiosks.map((name) => ({
    name,
    all: journalsIn(remains.kiosk(name), name, remains.scratch),
    world: worldIn(remains.cabinet(name)),
  }));
  const isStray = ({ kiosk, epoch }: Journal) => kiosk === remains.reimaged && epoch === 1;
  const strays = kiosks.flatMap(({ all }) => all.filter(isStray));
  const journals = kiosks.flatMap(({ all }) => all.filter((journal) => !isStray(journal)));
  const copies = copyFaults(journals, office);
  const blanks = kiosks.map(({ name, all, world }) =>
    blankFaults(name, world, stockOf(office, name), name === remains.reimaged ? null : all),
  );
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
      ...strays.flatMap(strayFaults),
      ...rightFaults(office, remains),
    ],
  };
}

/** A journal that began again at 1 in an epoch that had begun already: whoever writes it may not print. */
function strayFaults({ kiosk, rows }: Journal): string[] {
  return factsOf(rows)
    .filter(({ type }) => type.startsWith('print.'))
    .map(({ type }) => `${kiosk} lost its journal, and ${type} stands in the one it began then`);
}

function stockOf({ stock }: Office, kiosk: string): Record<string, number> {
  return withoutZeros(
    Object.fromEntries(stock.filter((row) => row.kiosk === kiosk).map((row) => [row.account, row.count])),
  );
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
      ...anomalies.map(({ kiosk, seq, what }) => ({
        kiosk,
        says: `the office finds odd: ${kiosk} ${seq}: ${what}`,
        isFork: false,
      })),
      ...forks.map(({ kiosk, first }) => ({
        kiosk,
        says: `the office took something for another history: ${kiosk} from ${first}`,
        isFork: true,
      })),
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

/**
 * Physical count = books, account by account; what lies somewhere and is not booked there must be one of those in doubt.
 * Where the journal was lost the office's books count; otherwise those of the journal, and the office's must be the same.
 */
function blankFaults(
  name: string,
  { cards }: World,
  stock: Record<string, number>,
  journals: readonly Journal[] | null,
) {
  const books = journals ? accountsOf(journals.flatMap(({ rows }) => factsOf(rows))) : stock;
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
  const where = `${JSON.stringify(more)} more than booked, ${open} in doubt, safe ${safe}`;
  const two = [stock, books].map((one) => JSON.stringify(one));
  return {
    off,
    faults: [
      ...(off > 0 ? [`blanks at ${name}: ${where}`] : []),
      ...(two[0] === two[1] ? [] : [`the office's stock of ${name} is ${two[0]}, the journal says ${two[1]}`]),
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
/** Left behind in a closed epoch: named people decide. */
const fenced = ['fenced', 'fenced-inked'];

/** A right comes to rest, is granted once at a time, every grant is on the second medium, and "reported" was true. */
function rightFaults(
  { rights, leases, entries, odd, secondMedium }: Office,
  { reported, reimaged }: Remains,
): string[] {
  const live = leases.filter(({ state }) => state === 'live').map(({ right_id }) => right_id);
  const outcomes = new Set(
    entries.filter(({ text }) => text.startsWith('{"type":"print.outcome"')).map(({ visit_no }) => visit_no),
  );
  return [
    ...odd.filter(({ kiosk, isFork }) => !(isFork && kiosk === reimaged)).map(({ says }) => says),
    ...rights
      .filter(({ state, kiosk }) => !lasting.includes(state) && !(kiosk === reimaged && fenced.includes(state)))
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
