import type { Account } from '#contract/uplink/accounts.ts';
import type { Entry, EntryType } from '#contract/uplink/entries.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import { allAccounts } from '#controller/blanko/stock.ts';
import type { Store } from '#kit/store.ts';
import { kioskOf, type Scene } from './scene.ts';

/** What is written down: by the kiosk in its journal, by central in its tables. */
export type Accounts = Partial<Record<Account, number>>;

export const journalTexts = (scene: Scene): string[] =>
  rows<{ text: string }>(kioskOf(scene).store, 'SELECT text FROM journal ORDER BY seq').map(({ text }) => text);

export const journal = (scene: Scene): Entry[] => journalTexts(scene).map((text) => JSON.parse(text) as Entry);

export function entriesOf<T extends EntryType>(scene: Scene, type: T): Extract<Entry, { type: T }>[] {
  return journal(scene).filter((entry): entry is Extract<Entry, { type: T }> => entry.type === type);
}

export const kioskStock = (scene: Scene): Accounts => withoutZeros(allAccounts(kioskOf(scene).store));

/** The texts that central holds of this kiosk; while it is away, those it held when it went. */
export function centralTexts(scene: Scene): string[] {
  if (scene.centralAway) return scene.centralAway.texts;
  return rows<{ text: string }>(scene.parts.office.store, 'SELECT text FROM entry ORDER BY seq').map(
    ({ text }) => text,
  );
}

export function centralStock(scene: Scene): Accounts {
  const found = rows<{ account: Account; count: number }>(scene.parts.office.store, 'SELECT account, count FROM stock');
  return withoutZeros(Object.fromEntries(found.map(({ account, count }) => [account, count])));
}

/** What central found odd: anomalies, entries it could not use, other histories. */
export function oddities(scene: Scene): string[] {
  const { store } = scene.parts.office;
  return [
    ...rows<{ what: string }>(store, 'SELECT what FROM anomaly').map(({ what }) => what),
    ...rows<{ quarantined: string }>(store, 'SELECT quarantined FROM entry WHERE quarantined IS NOT NULL').map(
      ({ quarantined }) => quarantined,
    ),
    ...rows<{ first: number }>(store, 'SELECT first FROM fork').map(({ first }) => `another history from ${first}`),
  ];
}

export function rightStates(scene: Scene): Record<string, RightState> {
  const found = rows<{ right_id: string; state: RightState }>(
    scene.parts.office.store,
    'SELECT right_id, state FROM print_right',
  );
  return Object.fromEntries(found.map(({ right_id, state }) => [right_id, state]));
}

/** True when central has committed all that the kiosk wrote, and the kiosk knows it. */
export function isSettled(scene: Scene): boolean {
  const { controller } = kioskOf(scene);
  return controller.uplink.ackedSeq.value === controller.journal.head().seq;
}

function rows<T>(store: Store, sql: string): T[] {
  return store.read((db) => db.prepare(sql).all()) as T[];
}

function withoutZeros(accounts: Accounts): Accounts {
  return Object.fromEntries(Object.entries(accounts).filter(([, count]) => count !== 0));
}
