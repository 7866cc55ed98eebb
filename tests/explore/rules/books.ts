import type { Store } from '#kit/store.ts';
import { brokenAt, entriesAt, journalOf, rowsOf } from '../books.ts';
import { forgottenOrder, type JournalOfEpoch, journalsOf, unknownYet } from '../epochs.ts';
import type { Universe } from '../universe.ts';

/** Invariant 4: a prefix, hash by hash, over a chain that holds; and what was called reported is there. */
export function bookFaults(universe: Universe): string[] {
  const { central, town } = universe;
  if (!central) return [];
  const odd = rowsOf<{ what: string }>(central.store, 'SELECT what FROM anomaly').filter(
    ({ what }) =>
      !(universe.authority.logLost && unknownYet.test(what)) &&
      !(universe.authority.term > 1 && forgottenOrder.test(what)),
  );
  const forks = rowsOf<{ first: number }>(central.store, 'SELECT first FROM fork');
  return [
    ...journalsOf(universe).flatMap((journal) => chainFaults(central.store, town.enrolment.kiosk, journal)),
    ...reportFaults(universe),
    ...odd.map(({ what }) => `4 the office finds odd: ${what}`),
    ...forks.map(({ first }) => `4 taken for another history from ${first}`),
  ];
}

/** What a screen or a paper called reported is at the office, word for word. */
export function reportFaults({ central, told }: Universe): string[] {
  const hashes = new Set(central ? entriesAt(central.store).map(({ hash }) => hash) : told.reported);
  return told.reported
    .filter((hash) => !hashes.has(hash))
    .map((hash) => `4 reported, and not at central: ${hash.slice(0, 8)}`);
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
export function ackFaults({ kiosk, central, authority }: Universe): string[] {
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
export function forkFaults({ kiosk, central, authority }: Universe): string[] {
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
