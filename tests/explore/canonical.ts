import { createHash } from 'node:crypto';
import type { World } from '#cabinet/world/plain.ts';
import { centralMigrations } from '#central/central.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { type Migration, openMemoryStore, type Store } from '#kit/store.ts';
import type { Authority } from './authority.ts';
import { rowsOf } from './books.ts';
import type { CrowdState } from './people.ts';
import type { PostState } from './post.ts';
import type { Tuple, Universe } from './universe.ts';

const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('base64url');

type Row = Record<string, unknown>;
const times = /_ms$|^boot$|^claims$|^payload$/;
const at = /"at":\{[^}]*\}/g;
/** What says only when something was, or is told by the chain: whether a hash is the right one is asked elsewhere. */
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      if (times.test(name) || /hash$/.test(name)) return [];
      if (name === 'text') return [[name, String(value).replaceAll(at, '')]];
      return [[name, value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value]];
    }),
  );

const tablesIn = new WeakMap<readonly Migration[], string[]>();
const withoutFuture = ['record', 'kiosk_state', 'setting'];

function tables(store: Store, migrations: readonly Migration[]): string[] {
  const known = tablesIn.get(migrations);
  if (known) return known;
  const rows = rowsOf<{ name: string }>(store, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  const names = rows.map(({ name }) => name).filter((name) => !withoutFuture.includes(name));
  tablesIn.set(migrations, names);
  return names;
}

/** The rows of a database, table by table, without the moments at which they were written. */
function storeHash(store: Store, migrations: readonly Migration[]): string {
  const parts = tables(store, migrations).map((name) => rowsOf<Row>(store, `SELECT * FROM ${name}`).map(plain));
  return hashOf(JSON.stringify(parts));
}

/** One hash per array of bytes: databases are saved once and stand in many tuples. */
const hashes = new WeakMap<Uint8Array, string>();
function databaseHash(bytes: Uint8Array | null, migrations: readonly Migration[]): string {
  if (!bytes) return '';
  const known = hashes.get(bytes);
  if (known) return known;
  const store = openMemoryStore({ migrations, from: bytes });
  const hash = storeHash(store, migrations);
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

const bareCrowd = ({ visitors, errands }: CrowdState) => [
  visitors.filter(({ state }) => state !== 'gone').map(({ who, takes, state }) => [who, takes, state]),
  errands.map(({ name, step, noted }) => [name, step, noted]),
];
const bareAuthority = (authority: Authority | undefined) =>
  authority && [authority.term, authority.enrolment.epoch, authority.former.filter(({ isKept }) => isKept).length];
const bareLetters = ({ letters }: PostState) => letters.map(({ to, text }) => [to, text.replaceAll(at, '')]);

/** Two tuples with the same hash have the same future, but for the time of day. */
export function tupleHash(tuple: Tuple): string {
  const { kioskDb, centralDb, cabinet, post, crowd, authority } = tuple;
  const { world, machines, onTheWire } = cabinet;
  return hashOf(
    JSON.stringify([
      databaseHash(kioskDb, controllerMigrations),
      databaseHash(centralDb, centralMigrations),
      bareWorld(world),
      bareMachine(machines['card-printer']),
      machines.panel,
      onTheWire && [onTheWire.device, hashOf(onTheWire.bytes)],
      bareLetters(post),
      bareCrowd(crowd),
      bareAuthority(authority),
    ]),
  );
}

/** The same of a universe in which the kiosk is dead, without taking it to pieces. */
export function standingHash({
  central,
  kioskDb,
  centralDb,
  world,
  physics,
  post,
  crowd,
  authority,
}: Universe): string {
  const machines = physics.memories();
  return hashOf(
    JSON.stringify([
      databaseHash(kioskDb(), controllerMigrations),
      central ? storeHash(central.store, centralMigrations) : databaseHash(centralDb(), centralMigrations),
      bareWorld(world),
      bareMachine(machines['card-printer']),
      machines.panel,
      bareLetters(post.state),
      bareCrowd(crowd),
      bareAuthority(authority),
    ]),
  );
}

const kioskTables = [
  ...['lease_request', 'lease', 'attempt', 'stock', 'owed_paper'],
  ...['offline_lease', 'offline_try', 'lease_end', 'revoked_lease', 'command'],
];
const centralTables = [
  ...['lease', 'voided_request', 'stock', 'fork', 'anomaly', 'pin_try'],
  ...['command', 'offline_sealed', 'restore', 'listing', 'epoch'],
];

/** Two universes at rest with the same hash behave alike towards everybody who comes: histories are left out. */
export function restHash({ kiosk, central, world, physics }: Universe): string {
  if (!kiosk || !central) return '';
  const screen = kiosk.controller.kiosk.screen.value.screen;
  const parts = [
    ...kioskTables.map((table) => rowsOf<Row>(kiosk.store, `SELECT * FROM ${table}`).map(plain)),
    ...centralTables.map((table) => rowsOf<Row>(central.store, `SELECT * FROM ${table}`).map(plain)),
    rowsOf<Row>(central.store, 'SELECT right_id, state FROM print_right'),
    bareWorld(world),
    bareMachine(physics.memories()['card-printer']),
    screen.at === 'welcome' ? screen.service : screen.at,
  ];
  return hashOf(JSON.stringify(parts));
}
