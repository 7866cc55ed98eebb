import { centralMigrations } from '#central/central.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { openMemoryStore, type Store } from '#kit/store.ts';
import { rowsOf } from './books.ts';

/** What a database says about the time to come. Two disks that say the same have the same future, but for the time of day. */
export interface KioskState {
  /** Rows without moments, and the facts about cards; what only tells how it came to be so is left out. */
  rows: string;
  /** Of each entry, in order. */
  hashes: readonly string[];
  acked: number;
  /** How many starts are written on it. */
  starts: number;
  /** After how many starts the last step of a card that is not done with was written; null where none is open. */
  startsBefore: number | null;
  /** What it has in hand now, and nothing of what it has done with. */
  inHand: string;
  /** The term of the office that it has heard of. */
  term: number | null;
}

export interface OfficeState {
  rows: string;
  /** How far each epoch of the kiosk has been told here. */
  heads: readonly { epoch: number; seq: number; hash: string }[];
}

type Row = Record<string, unknown>;

/** Moments, numbers of entries, and what only a life knows: keys of a request, signatures over them. */
const ofTheMoment = /_ms$|hash$|^(boot|seq|claims|payload|sealed_sha256)$/;
const at = /"at":\{[^}]*\}/g;
export const withoutTime = (text: string): string => text.replaceAll(at, '');

function plain(row: Row): Row {
  const kept: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (ofTheMoment.test(name) || (name === 'board_boot' && row.outcome !== null)) continue; // read of open ones only
    if (value instanceof Uint8Array) kept[name] = Buffer.from(value).toString('latin1');
    else kept[name] = name === 'text' ? withoutTime(String(value)) : value;
  }
  return kept;
}

/** Starts, devices, papers and ends of visits say nothing that a later life reads. */
const cardFacts = `json_extract(text, '$.type') NOT GLOB 'device.*' AND json_extract(text, '$.type') NOT GLOB 'receipt.*'
  AND json_extract(text, '$.type') NOT IN ('kiosk.started', 'visit.ended')`;

const kioskTables = [
  ...['attempt', 'command', 'counter', 'desk_fact', 'lease', 'lease_end', 'lease_request', 'offline_lease'],
  ...['offline_try', 'open_visit', 'owed_paper', 'reject_box', 'revoked_lease', 'stock', 'training_stock', 'trimmed'],
];
const officeTables = [
  ...['anomaly', 'command', 'decision', 'epoch', 'fork', 'identified', 'lease', 'listing', 'lookup', 'office_count'],
  ...['offline_sealed', 'pin_try', 'print_right', 'restore', 'staff', 'stock', 'voided_request'],
];
const sql: Record<string, string> = { counter: "SELECT * FROM counter WHERE name != 'visit'" };

export const tableRows = (store: Store, tables: readonly string[]): string =>
  JSON.stringify(tables.map((name) => rowsOf<Row>(store, sql[name] ?? `SELECT * FROM ${name}`).map(plain)));

const inHand = [
  'SELECT phase, pulled_in, board_boot FROM attempt WHERE outcome IS NULL',
  "SELECT state FROM lease WHERE state IN ('live', 'revoked')",
  'SELECT reason FROM lease_end',
  'SELECT sum(needs_check) AS n FROM offline_lease',
  `SELECT DISTINCT json_extract(text, '$.data.action') AS action FROM desk_fact WHERE json_extract(text, '$.data.action') GLOB 'counter-*'`,
  "SELECT DISTINCT state FROM lease_request WHERE state != 'ended'",
  'SELECT count(*) AS n FROM open_visit',
  'SELECT paper FROM owed_paper',
  'SELECT count(*) AS n FROM offline_lease',
  "SELECT name, value FROM counter WHERE name NOT IN ('visit', 'spoiled-seen', 'term') AND name NOT GLOB 'printer-[fp]*' ORDER BY name",
];

function factsAbout(store: Store, from: string): string {
  const rows = rowsOf<{ text: string }>(store, `SELECT text FROM ${from} WHERE ${cardFacts} ORDER BY rowid`);
  return rows.map(({ text }) => withoutTime(text)).join('\n');
}

function readKiosk(store: Store): KioskState {
  const entries = rowsOf<{ hash: string; text: string }>(
    store,
    'SELECT lower(hex(hash)) AS hash, text FROM journal ORDER BY seq',
  );
  const [acked] = rowsOf<{ seq: number }>(store, 'SELECT seq FROM acked ORDER BY epoch DESC LIMIT 1');
  const [term] = rowsOf<{ value: number }>(store, "SELECT value FROM counter WHERE name = 'term'");
  return {
    rows: `${tableRows(store, kioskTables)}\n${factsAbout(store, 'journal')}`,
    hashes: entries.map(({ hash }) => hash),
    acked: acked?.seq ?? 0,
    ...startsIn(store, entries),
    inHand: JSON.stringify(inHand.map((sql) => rowsOf(store, sql))),
    term: term?.value ?? null,
  };
}

function startsIn(store: Store, entries: readonly { text: string }[]): Pick<KioskState, 'starts' | 'startsBefore'> {
  const [attempt] = rowsOf<{ subject: string }>(store, 'SELECT subject FROM attempt WHERE outcome IS NULL');
  let starts = 0;
  let startsBefore = null;
  for (const { text } of entries) {
    const { type, subject } = JSON.parse(text) as { type: string; subject?: string };
    if (type === 'kiosk.started') starts += 1;
    if (attempt && type.startsWith('print.') && subject === attempt.subject) startsBefore = starts;
  }
  return { starts, startsBefore };
}

function readOffice(store: Store): OfficeState {
  const heads = rowsOf<OfficeState['heads'][number]>(
    store,
    'SELECT epoch, max(seq) AS seq, lower(hex(hash)) AS hash FROM entry GROUP BY epoch ORDER BY epoch',
  );
  return { rows: `${tableRows(store, officeTables)}\n${factsAbout(store, 'entry')}`, heads };
}

/** One state per array of bytes: a disk is saved once, and stands in many moments. */
function remembering<T>(read: (store: Store) => T, open: (from: Uint8Array) => Store & { close(): void }) {
  const known = new WeakMap<Uint8Array, T>();
  return (bytes: Uint8Array, live: Store | null): T => {
    const told = known.get(bytes);
    if (told) return told;
    const store = live ?? open(bytes);
    const state = read(store);
    if (!live) store.close();
    known.set(bytes, state);
    return state;
  };
}

/** Of the bytes, or of the open store that they were taken from. */
export const kioskState = remembering(readKiosk, (from) => openMemoryStore({ migrations: controllerMigrations, from }));
export const officeState = remembering(readOffice, (from) => openMemoryStore({ migrations: centralMigrations, from }));
