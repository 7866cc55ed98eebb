import { createHash } from 'node:crypto';
import type { World } from '#cabinet/world/plain.ts';
import { centralMigrations } from '#central/central.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Migration, openMemoryStore, type Store } from '#kit/store.ts';
import { rowsOf } from './books.ts';
import type { Tuple, Universe } from './universe.ts';

const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('base64url');

const times = /_ms$|^boot$|^claims$|^payload$/;

/** The rows of a database, table by table, without the moments at which they were written. */
function rowsIn(store: Store): string {
  const tables = rowsOf<{ name: string }>(store, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  const ignored = ['record', 'kiosk_state', 'setting'];
  const parts = tables
    .filter(({ name }) => !ignored.includes(name))
    .map(({ name }) => [name, rowsOf<object>(store, `SELECT * FROM ${name}`).map(withoutTimes)]);
  return hashOf(JSON.stringify(parts));
}

/** One hash per array of bytes: databases are saved once and stand in many tuples. */
const hashes = new WeakMap<Uint8Array, string>();
function databaseHash(bytes: Uint8Array | null, migrations: readonly Migration[]): string {
  if (!bytes) return '';
  const known = hashes.get(bytes);
  if (known) return known;
  const store = openMemoryStore({ migrations, from: bytes });
  const hash = rowsIn(store);
  store.close();
  hashes.set(bytes, hash);
  return hash;
}

/** The world without what only tells how it came to be so. */
function bareWorld({ nowMs: _, history: _h, lamps: _l, beeping: _b, receipt, ...world }: World) {
  return { ...world, papers: receipt.papers.length, left: receipt.leftMm > 0 };
}

/** The last reply is read only after the reset that every life begins with, which forgets it. */
function bareMachine(machine: unknown): unknown {
  const { lastByteAtMs: _, lastReply: _reply, ...rest } = (machine ?? {}) as Record<string, unknown>;
  return rest;
}

/** Two tuples with the same hash have the same future, but for the time of day. */
export function tupleHash({ kioskDb, centralDb, cabinet, post, crowd }: Tuple): string {
  const { world, machines, onTheWire } = cabinet;
  const parts = [
    databaseHash(kioskDb, controllerMigrations),
    databaseHash(centralDb, centralMigrations),
    bareWorld(world),
    bareMachine(machines['card-printer']),
    machines.panel,
    onTheWire && [onTheWire.device, hashOf(onTheWire.bytes)],
    post.letters.map(({ to, text }) => [to, text]),
    crowd.visitors.filter(({ state }) => state === 'here').map(({ who, takes }) => [who, takes]),
  ];
  return hashOf(JSON.stringify(parts));
}

const kioskTables = ['lease_request', 'lease', 'attempt', 'stock', 'owed_paper'];
const centralTables = ['lease', 'voided_request', 'stock', 'fork', 'anomaly', 'pin_try'];

/** Two universes at rest with the same hash behave alike towards everybody who comes: histories are left out. */
export function restHash({ kiosk, central, world, physics }: Universe): string {
  if (!kiosk || !central) return '';
  const screen = kiosk.controller.kiosk.screen.value.screen;
  const parts = [
    ...kioskTables.map((table) => rowsOf<object>(kiosk.store, `SELECT * FROM ${table}`).map(withoutTimes)),
    ...centralTables.map((table) => rowsOf<object>(central.store, `SELECT * FROM ${table}`).map(withoutTimes)),
    rowsOf<object>(central.store, 'SELECT right_id, state FROM print_right'),
    bareWorld(world),
    bareMachine(physics.simulators['card-printer'].snapshot()),
    screen.at === 'welcome' ? screen.service : screen.at,
  ];
  return hashOf(JSON.stringify(parts));
}

function withoutTimes(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !times.test(name)));
}
