import { afterEach, describe, expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore, StoreBroken } from '#kit/store.ts';
import { type JobBench, openJobBench } from '#tests/support/job-bench.ts';
import { ribbonIsSilent, ribbonUsedSince } from './clearing.ts';
import {
  compareCounter,
  expectFeed,
  expectInk,
  expectNoFeed,
  expectNothing,
  expectOneMore,
  forgetRibbon,
  isSomethingDue,
  offlineForbidden,
} from './counter.ts';

function books() {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const journal = openJournal({ store, clock: manualClock(), kiosk: 'SU1-A', epoch: 1, boot: 'b' });
  const printer = (cardsFed: number | null, serial: string | null = 'P-1') => ({
    serial,
    cardsFed,
    ribbonPrintsLeft: null,
  });
  const intent = (cardsFed: number | null, serial?: string) =>
    journal.record('print.intended', (append, db) => expectFeed(append, db, printer(cardsFed, serial)));
  const starts = (cardsFed: number | null, serial?: string) =>
    compareCounter({ journal, store }, printer(cardsFed, serial));
  const people = (...actions: string[]) =>
    journal.record('counted', (append) => {
      for (const action of actions) append({ type: 'operator.acted', data: { action, operatorId: 'OP-1' } });
    });
  const explained = (subject: string) =>
    journal.record('explained', (append) =>
      append({ type: 'operator.acted', subject, data: { action: 'case-explained', operatorId: 'OP-1' } }),
    );
  const cases = () =>
    journal
      .entries(1, journal.head().seq)
      .flatMap((entry) =>
        entry.type === 'operator.acted' && entry.data.action === 'counter-unexplained' ? [entry.data.reason] : [],
      );
  return { store, journal, intent, starts, people, explained, cases, forbidden: () => store.read(offlineForbidden) };
}

describe('a counter that the journal explains', () => {
  test('is one that nobody knows yet, that stands, or that moved by the card of the last intent', () => {
    const { intent, starts, cases, forbidden, journal } = books();
    starts(4_711);
    intent(4_711);
    starts(4_711);
    starts(4_712);
    intent(4_712);
    starts(4_713);
    expect(cases()).toEqual([]);
    expect(forbidden()).toBeNull();
    expect(journal.head().seq).toBe(0);
  });

  test('is one that stood when the printer was first met; a disk from before the first card finds it moved', () => {
    const { starts, cases, forbidden } = books();
    starts(4_711);
    starts(4_711);
    expect(cases()).toEqual([]);
    starts(4_712);
    expect(cases()).toEqual(['printer P-1: 4712 fed, 4711 explained']);
    expect(forbidden()).toBe('kiosk/counter-unexplained');
  });

  test('is one that lags behind: a printer may count a card when it leaves', () => {
    const { intent, starts, cases } = books();
    intent(10);
    intent(10);
    intent(12);
    starts(13);
    expect(cases()).toEqual([]);
    starts(14);
    expect(cases()).toHaveLength(1);
  });

  test('says nothing where the printer does not count', () => {
    const { intent, starts, cases } = books();
    intent(7);
    starts(null);
    intent(null);
    starts(9);
    expect(cases()).toEqual([]);
  });

  test('counts a card that is fed for a reason of its own, if that is told', () => {
    const { journal, intent, starts, cases } = books();
    intent(10);
    journal.record('training.fed', (_, db) => expectOneMore(db));
    starts(12);
    expect(cases()).toEqual([]);
  });
});

describe('the ribbon is a counter as well', () => {
  /** The printer has fed ten cards all the while; of its ribbon so many prints are left. */
  function ribbons() {
    const { store, journal, cases } = books();
    const witness = (ribbonPrintsLeft: number | null) => ({ serial: 'P-1', cardsFed: 10, ribbonPrintsLeft });
    return {
      cases,
      starts: (left: number | null) => compareCounter({ journal, store }, witness(left)),
      intends: (left: number | null) =>
        journal.record('print.intended', (append, db) => expectFeed(append, db, witness(left))),
      inks: () => journal.record('print.inking', (_, db) => expectInk(db)),
      isChanged: () => journal.record('ribbon.changed', (_, db) => forgetRibbon(db)),
      settles: (left: number | null) => journal.record('counter.settled', (_, db) => expectNothing(db, witness(left))),
    };
  }

  test('a print that was announced is explained, once; one more hides behind a feed that was due, and is a case', () => {
    const { starts, intends, inks, cases } = ribbons();
    intends(200);
    inks();
    starts(200);
    starts(199);
    expect(cases()).toEqual([]);
    starts(198);
    expect(cases()).toEqual(['printer P-1: 198 prints left, 199 explained']);
    starts(198);
    expect(cases(), 'once').toHaveLength(1);
  });

  test('of a printer that counts no cards is held against the journal all the same', () => {
    const { store, journal, cases } = books();
    const starts = (ribbonPrintsLeft: number) =>
      compareCounter({ journal, store }, { serial: 'P-1', cardsFed: null, ribbonPrintsLeft });
    starts(200);
    starts(199);
    expect(cases()).toEqual(['printer P-1: 199 prints left, 200 explained']);
  });

  test('that is not counted is never due: nothing is written for it at each look', () => {
    const { store, journal } = books();
    journal.record('print.intended', (append, db) =>
      expectFeed(append, db, { serial: 'P-1', cardsFed: 10, ribbonPrintsLeft: null }),
    );
    journal.record('print.inking', (_, db) => expectInk(db));
    journal.record('counter.settled', (_, db) =>
      expectNothing(db, { serial: 'P-1', cardsFed: 11, ribbonPrintsLeft: null }),
    );
    expect(store.read(isSomethingDue)).toBe(false);
  });

  test('what was announced and not used is due no more once all is settled', () => {
    const { starts, intends, inks, settles, cases } = ribbons();
    intends(200);
    inks();
    settles(200);
    starts(199);
    expect(cases()).toHaveLength(1);
  });

  test('a fresh one, and one that was booked, explain themselves; one that cannot be read changes nothing', () => {
    const { starts, intends, isChanged, settles, cases } = ribbons();
    intends(7);
    starts(null);
    settles(null);
    starts(200);
    settles(200);
    isChanged();
    starts(150);
    settles(150);
    expect(cases()).toEqual([]);
    starts(149);
    expect(cases()).toHaveLength(1);
  });
});

describe('a counter that the journal does not explain opens a case and forbids offline printing', () => {
  test.each([
    ['two cards for one intent', [12], 'printer P-1: 12 fed, 11 explained'],
    ['a counter that runs backwards', [9], 'printer P-1: 9 fed, 11 explained'],
    ['another printer', [10, 'P-2'], 'printer P-2: 10 fed, another printer was here before'],
  ] as const)('%s', (_, [fed, serial], reason) => {
    const { intent, starts, cases, forbidden } = books();
    intent(10);
    starts(fed, serial);
    expect(cases()).toEqual([reason]);
    expect(forbidden()).toBe('kiosk/counter-unexplained');
    starts(fed, serial);
    expect(cases(), 'once').toHaveLength(1);
  });

  test('a card fed although the last blank never left the hopper', () => {
    const { journal, intent, starts, cases } = books();
    intent(10);
    journal.record('print.outcome', (_, db) => expectNoFeed(db));
    starts(11);
    expect(cases()).toHaveLength(1);
  });

  test('between two intents of one life it is seen as well', () => {
    const { intent, cases, forbidden } = books();
    intent(10);
    intent(15);
    expect(cases()).toEqual(['printer P-1: 15 fed, 11 explained']);
    expect(forbidden()).toBe('kiosk/counter-unexplained');
  });

  test('another printer that does not count is told once, and says nothing from then on', () => {
    const { intent, starts, cases } = books();
    intent(10);
    starts(null, 'P-2');
    expect(cases()).toEqual(['printer P-2: not told how many fed, another printer was here before']);
    starts(null, 'P-2');
    intent(null, 'P-2');
    expect(cases()).toHaveLength(1);
  });

  test('when training ends every SPECIMEN is counted, and none is due any more', () => {
    const { journal, intent, starts, cases } = books();
    intent(10);
    journal.record('training.fed', (_, db) => expectOneMore(db));
    journal.record('training.off', (_, db) =>
      expectNothing(db, { serial: 'P-1', cardsFed: 11, ribbonPrintsLeft: null }),
    );
    starts(12);
    expect(cases()).toHaveLength(1);
  });

  test('until two people have explained it; no count does', () => {
    const { intent, starts, people, explained, forbidden } = books();
    intent(10);
    starts(20);
    people('counted-hopper', 'emptied-box');
    expect(forbidden()).toBe('kiosk/counter-unexplained');
    explained('C-1');
    expect(forbidden()).toBeNull();
    starts(21);
    expect(forbidden(), 'the next one opens a new case').toBe('kiosk/counter-unexplained');
  });
});

let bench: JobBench | undefined;
afterEach(async () => {
  await bench?.[Symbol.asyncDispose]();
  bench = undefined;
});

/** One card printed and taken; then the program is down. */
async function afterOneCard() {
  const place = await openJobBench();
  bench = place;
  const life = await place.begins();
  await life.recovers();
  const held = await life.prints(await life.lease('rani'));
  if (held.at !== 'held-inside') throw new Error(held.at);
  await life.presents(held, 1, () => void place.clock.sleep(400).then(() => place.cabinet.world.takeCard('rani')));
  await life.ends();
  return place;
}

const casesIn = (place: JobBench) =>
  place.entries().filter((entry) => entry.type === 'operator.acted' && entry.data.action === 'counter-unexplained');

test('a card that was printed and told is explained at the next start', async () => {
  const place = await afterOneCard();
  await (await place.begins()).recovers();
  expect(casesIn(place)).toEqual([]);
});

/** Somebody at the printer, with nobody told. */
function feedsATestCard({ cabinet: { world } }: JobBench) {
  world.cardPath.feed('print');
  world.cardPath.countFeed();
  world.cardPath.reject();
}

test('a test card after a feed that failed is no blank of the failed one: that never left the hopper', async () => {
  const place = await openJobBench();
  bench = place;
  const life = await place.begins();
  await life.recovers();
  place.cabinet.simulators['card-printer'].misbehave({ fault: 'misfeed', times: 9 });
  expect(await life.prints(await life.lease())).toMatchObject({ outcome: 'unused' });
  expect(place.accounts()).toMatchObject({ hopper: 3 });
  await life.ends();
  feedsATestCard(place);
  await (await place.begins()).recovers();
  expect(casesIn(place)).toHaveLength(1);
});

test('a test card after an intent that never came to its feed is a case too, though that blank is in doubt', async () => {
  const place = await openJobBench();
  bench = place;
  const afterIntended = 4; // the printer is met, a lease is asked for, it comes
  const life = await place.begins({ atWrite: afterIntended, commits: true });
  await life.recovers();
  await expect(life.lease().then((lease) => life.prints(lease))).rejects.toThrow(StoreBroken);
  expect(life.writes.at(-1)).toBe('print.intended');
  await life.ends();
  place.cabinet.world.switchOff('card-printer');
  place.cabinet.world.switchOn('card-printer');
  const next = await place.begins();
  await next.recovers();
  expect(place.accounts()).toMatchObject({ 'in-doubt': 1 });
  expect(casesIn(place)).toEqual([]);
  await next.ends();
  feedsATestCard(place);
  await (await place.begins()).recovers();
  expect(casesIn(place)).toHaveLength(1);
});

test('a test card after a feed that never came, the printer being away for long, is a case too', async () => {
  const place = await openJobBench();
  bench = place;
  const { world } = place.cabinet;
  const life = await place.begins();
  await life.recovers();
  const lease = await life.lease();
  place.afterWrite('print.intended', () => world.unplug('card-printer'));
  expect(await life.prints(lease)).toMatchObject({ outcome: 'unused' });
  expect(place.accounts()).toMatchObject({ 'in-doubt': 1 });
  await life.ends();
  world.replug('card-printer');
  const next = await place.begins();
  await next.recovers();
  expect(casesIn(place)).toEqual([]);
  await next.ends();
  feedsATestCard(place);
  await (await place.begins()).recovers();
  expect(casesIn(place)).toHaveLength(1);
});

test('while a printer that counted does not say how many, nothing is compared and nothing is decided', async () => {
  const place = await afterOneCard();
  feedsATestCard(place);
  const does = { trick: 'replaced', by: 'OK' } as const;
  place.cabinet.simulators['card-printer'].misbehave({ fault: 'reply', on: 'Rco;c', does, times: 3 });
  const life = await place.begins();
  await expect(life.recovers()).rejects.toMatchObject({ code: 'card-printer/hardware' });
  expect(casesIn(place)).toEqual([]);
  await life.recovers();
  expect(casesIn(place)).toHaveLength(1);
});

test('a ribbon that could not be read at first is held against the journal before what was due is forgotten', async () => {
  const place = await afterOneCard();
  place.cabinet.world.cardPath.usePanels();
  const does = { trick: 'replaced', by: 'OK' } as const;
  place.cabinet.simulators['card-printer'].misbehave({ fault: 'reply', on: 'Rrt;count', does, times: 6 }); // three at the opening
  await (await place.begins()).recovers();
  expect(casesIn(place)).toHaveLength(1);
});

test('where the printer is another one, or a ribbon is not counted, no ribbon tells of ink', () => {
  const before = { serial: 'P-1', cardsFed: 41, ribbonPrintsLeft: 7 };
  expect(ribbonIsSilent(before, { ...before, cardsFed: 42 })).toBe(false);
  expect(ribbonIsSilent(before, { ...before, serial: 'P-2' })).toBe(true);
  expect(ribbonIsSilent(before, { ...before, serial: null })).toBe(true);
  expect(ribbonIsSilent(before, { ...before, ribbonPrintsLeft: null })).toBe(true);
  expect(ribbonIsSilent({ ...before, ribbonPrintsLeft: null }, before)).toBe(true);
});

test('a ribbon that holds more than before tells nothing of the old one: where a card was fed, there may be ink', () => {
  const before = { serial: 'P-1', cardsFed: 41, ribbonPrintsLeft: 7 };
  const now = (cardsFed: number, ribbonPrintsLeft: number, serial = 'P-1') => ({ serial, cardsFed, ribbonPrintsLeft });
  expect(ribbonUsedSince(before, now(42, 6))).toBe(true);
  expect(ribbonUsedSince(before, now(42, 7))).toBe(false);
  expect(ribbonUsedSince(before, now(42, 200))).toBe(true);
  expect(ribbonUsedSince(before, now(41, 200))).toBe(false);
  expect(ribbonUsedSince(before, now(42, 6, 'P-2'))).toBe(false);
});

test('a test card that somebody let the printer feed while the program was down is a case at the next start', async () => {
  const place = await afterOneCard();
  feedsATestCard(place);
  const life = await place.begins();
  await life.recovers();
  expect(casesIn(place)).toHaveLength(1);
  expect(life.journal.record('look', (_, db) => offlineForbidden(db))).toBe('kiosk/counter-unexplained');
  const lease = await life.lease();
  expect(await life.prints(lease), 'with central it goes on').toMatchObject({ at: 'held-inside' });
});
