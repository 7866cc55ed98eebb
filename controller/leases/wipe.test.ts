import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { controllerMigrations } from '#controller/controller.ts';
import { openFileStore, type Store } from '#kit/store.ts';
import { overwriteDeleted, wipeDeleted } from './wipe.ts';

const wrappedKey = 'the-wrapped-key-of-a-lease-'.repeat(20);
const sealed = 'the-sealed-record-of-a-person-'.repeat(1_000);
let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anjungan-wipe-'));
  store = openFileStore(join(folder, 'journal.db'), { migrations: controllerMigrations });
  overwriteDeleted(store);
  store.write('lease', (db) => {
    db.prepare("INSERT INTO lease_request VALUES ('req-1', 'right-1', 'granted')").run();
    db.prepare("INSERT INTO lease VALUES ('lease-1', 'right-1', 'req-1', 2, 1, 'live')").run();
    db.prepare(
      `INSERT INTO offline_lease (req_id, right_id, cmd_id, reply_key, wrapped_key, lease_id, sealed)
       VALUES ('req-1', 'right-1', 'cmd-1', '{}', ?, 'lease-1', ?)`,
    ).run(wrappedKey, sealed);
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Database, write-ahead log, whatever lies beside them. */
const onDisk = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
const isThere = () => [wrappedKey, sealed].map((secret) => onDisk().includes(secret.slice(0, 26)));
const ends = (state: string) => store.write('end', (db) => db.prepare('UPDATE lease SET state = ?').run(state));

test.each(['spent', 'voided', 'revoked', 'held', 'in-doubt'])(
  'a lease that is %s leaves neither key nor record in any file',
  (state) => {
    expect(isThere()).toEqual([true, true]);
    ends(state);
    wipeDeleted(store);
    expect(isThere()).toEqual([false, false]);
  },
);

test('while a card is under way the log keeps its length, and is emptied after it', () => {
  const openAttempt =
    "INSERT INTO attempt VALUES ('x/1', 'x', 'right-2', 1, NULL, 'boot', 'inking', NULL, NULL, 0, 0, NULL)";
  store.write('attempt', (db) => db.prepare(openAttempt).run());
  ends('revoked');
  wipeDeleted(store);
  expect(isThere()).toEqual([true, true]);
  store.write('outcome', (db) => db.prepare("UPDATE attempt SET outcome = 'issued'").run());
  wipeDeleted(store);
  expect(isThere()).toEqual([false, false]);
});

test('a life that was killed before it could do so leaves it to the next', () => {
  ends('spent');
  store.close();
  store = openFileStore(join(folder, 'journal.db'), { migrations: controllerMigrations });
  overwriteDeleted(store);
  wipeDeleted(store);
  expect(isThere()).toEqual([false, false]);
});
