import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Place, World } from '#cabinet/world/plain.ts';
import { centralMigrations } from '#central/central.ts';
import type { Account } from '#contract/uplink/accounts.ts';
import type { Entry, EntryType } from '#contract/uplink/entries.ts';
import { allAccounts } from '#controller/blanko/stock.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { verifyChain } from '#controller/journal/chain.ts';
import { type Migration, openFileStore, type Store } from '#kit/store.ts';
import { demoKiosk } from '#tools/place/place.ts';

/** What three processes left on the disk when they ended; read while none of them runs. */
export interface Books {
  journal: Entry[];
  stock: Partial<Record<Account, number>>;
  /** In which start of the board each attempt, and the last stop in order, were written. */
  boards: string[];
  cardsAt(...places: Place[]): number;
  of<T extends EntryType>(type: T): Entry<T>[];
}

/** Reads all three and holds them against each other. Fails where something was lost, doubled or made up. */
export function booksAddUp(state: string): Books {
  const kiosk = readIn(join(state, 'kiosk/journal-1.db'), controllerMigrations, (store) => ({
    texts: textsIn(store, 'SELECT text FROM journal ORDER BY seq'),
    chain: verifyChain(store, demoKiosk, 1),
    stock: allAccounts(store),
    boards: textsIn(store, 'SELECT board_boot AS text FROM attempt UNION ALL SELECT board_boot FROM clean_stop'),
  }));
  const central = readIn(join(state, 'central/central.db'), centralMigrations, (store) => ({
    texts: textsIn(store, 'SELECT text FROM entry ORDER BY seq'),
    odd: ['SELECT what AS text FROM anomaly', 'SELECT payload AS text FROM fork'].flatMap((sql) => textsIn(store, sql)),
  }));
  const { world } = JSON.parse(readFileSync(join(state, 'cabinet/world.json'), 'utf8')) as { world: World };
  expect(kiosk.chain, 'the chain of the journal holds').toBeNull();
  expect(kiosk.texts.slice(0, central.texts.length), 'central holds a beginning of it').toEqual(central.texts);
  expect(central.odd, 'and found nothing odd').toEqual([]);
  const journal = kiosk.texts.map((text) => JSON.parse(text) as Entry);
  const books: Books = {
    journal,
    stock: kiosk.stock,
    boards: kiosk.boards,
    cardsAt: (...places) => world.cards.filter(({ place }) => places.includes(place)).length,
    of: <T extends EntryType>(type: T) => journal.filter((entry) => entry.type === type) as Entry<T>[],
  };
  blanksAddUp(books, world);
  oncePerRight(books);
  return books;
}

/** Each card lies where the ledger says; what is somewhere else is among those in doubt. */
function blanksAddUp({ stock }: Books, { cards }: World): void {
  const booked = (...accounts: Account[]) => accounts.reduce((sum, account) => sum + (stock[account] ?? 0), 0);
  const lying = (test: (place: string) => boolean) => cards.filter(({ place }) => test(place)).length;
  const surplus = {
    feeder: lying((place) => place === 'hopper') - booked('hopper'),
    box: lying((place) => place === 'box') - booked('retained', 'spoiled'),
    hands: lying((place) => place.startsWith('hand:')) - booked('issued'),
    inside:
      lying((place) => ['print', 'contact', 'contactless', 'exit', 'bezel'].includes(place)) - booked('in-process'),
  };
  const more = Object.values(surplus);
  expect(Math.min(...more), `nothing is missing: ${JSON.stringify(surplus)}`).toBeGreaterThanOrEqual(0);
  expect(
    more.reduce((sum, one) => sum + one, 0),
    'what is more is in doubt',
  ).toBe(booked('in-doubt', 'unexplained'));
}

function oncePerRight({ of, stock }: Books): void {
  const issued = of('print.outcome').filter(({ data }) => data.outcome === 'issued');
  expect(issued, 'issued by outcome and by account').toHaveLength(stock.issued ?? 0);
  expect(new Set(issued.map(({ data }) => data.rightId)).size, 'at most once per right').toBe(issued.length);
}

function readIn<T>(path: string, migrations: Migration[], read: (store: Store) => T): T {
  using store = openFileStore(path, { migrations });
  return read(store);
}

function textsIn(store: Store, sql: string): string[] {
  return (store.read((db) => db.prepare(sql).all()) as { text: string }[]).map(({ text }) => text);
}
