import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCentral } from '#central/central.ts';
import { entryHash, genesisHash, hashText } from '#contract/uplink/chain.ts';
import type { Message } from '#contract/uplink/messages.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { openJournal } from '#controller/journal/journal.ts';
import { openOldOutbox } from '#controller/journal/old-epoch.ts';
import { keepAcked } from '#controller/journal/outbox.ts';
import { openUplink } from '#controller/uplink/uplink.ts';
import { silentLog } from '#kit/log.ts';
import { memoryBroker } from '#kit/memory-broker.ts';
import { seededRandom } from '#kit/random.ts';
import { joseSealer } from '#kit/sealer.ts';
import { openMemoryStore, type Store } from '#kit/store.ts';
import { backUp } from './back-up.ts';
import { restoreOffice } from './restore.ts';
import { awaited } from './restoring.ts';
import { openTestPlace, type TestKiosk } from './test-place.ts';

/** Two kiosks and a backup; then B gave out Amin's card, and central had heard all of it. */
function office() {
  const place = openTestPlace();
  const [a, b] = [place.registers('SU1-A'), place.registers('SU1-B')];
  const backup = join(place.folder, 'yesterday.db');
  backUp(place.life().store, backup);
  const amin = place.receives(b, 'amin');
  place.issues(b, amin);
  place.replays(b);
  const restores = (log: 'whole' | 'damaged' | 'lost') => {
    place.closes();
    place.clock.jumpWall(1_000);
    if (log === 'lost') rmSync(place.grantsLogPath);
    const { folder, grantsLogPath, clock } = place;
    const order = { folder, backup, grantsLogPath, clock, by: ['op-1', 'op-2'], reason: 'the disk died' };
    restoreOffice({ ...order, logLost: log !== 'whole' });
  };
  return { ...place, a, b, amin, restores, awaits: () => place.life().store.read(awaited) };
}
type Office = ReturnType<typeof office>;

/** A journal on a disk of its own; `acked`: in which term central had all of it. */
function diskOf({ name, epoch, texts }: TestKiosk, acked = 1): Store {
  const store = openMemoryStore({ migrations: controllerMigrations });
  store.write('journal', (db) => {
    let hash = genesisHash(name, epoch);
    for (const [index, text] of texts.entries()) {
      const next = entryHash(hash, text);
      db.prepare('INSERT INTO journal (seq, text, prev_hash, hash) VALUES (?, ?, ?, ?)').run(
        ...[index + 1, text, hash, next],
      );
      hash = next;
    }
    keepAcked(db, epoch, { term: acked, seq: texts.length, hash });
  });
  return store;
}

/** Office and kiosk on one wire: the kiosk speaks in its newest epoch, and the disks of older ones lie in it. */
async function meet(place: Office, now: TestKiosk, older: readonly TestKiosk[]) {
  const { clock } = place;
  const { store, log: grantsLog } = place.life();
  const random = seededRandom('wire');
  const [sealing, signing] = [await joseSealer.newSealingKey(), await joseSealer.newSigningKey()];
  const wire = memoryBroker({ random });
  const told: string[] = [];
  const log = { ...silentLog, error: (_: object, words: string) => void told.push(words) };
  const central = openCentral({
    ...{ store, clock, random, log, grantsLog, sealer: joseSealer, lookupKey: random.bytes(32), term: place.term() },
    carrier: wire.connect('central'),
    keys: { sealing: sealing.privateKey, signing: signing.privateKey },
  });
  const stop = new AbortController();
  void central.run(stop.signal);
  const home = diskOf(now);
  const { name: kiosk, epoch } = now;
  const journal = openJournal({ store: home, clock, kiosk, epoch, boot: 'boot' });
  const snapshot = (): Message<'state'> => {
    const [head, acked] = [journal.head(), journal.acked()].map(({ seq, hash }) => ({ seq, hash: hashText(hash) }));
    const heads = { ...(head && { head }), ...(acked && { acked }) };
    const at = clock.wallMs();
    return { v: 1, dev: kiosk, epoch, online: true, session: 'boot', at, term: journal.acked().term, ...heads };
  };
  const uplink = openUplink({
    ...{ carrier: wire.connect(kiosk), journal, clock, log: silentLog, snapshot, onLate() {}, onCommand() {} },
    old: older.map((one) => openOldOutbox({ epoch: one.epoch, store: diskOf(one) }, kiosk, home)),
    place: { shard: 'plg', kiosk },
  });
  void uplink.run(stop.signal);
  for (let second = 0; second < 20; second += 1) {
    await clock.advance(1_000);
    uplink.stateChanged();
  }
  stop.abort();
  await clock.advance(1_000);
  return told;
}

describe('an older journal that central had heard to its end', () => {
  test('is sent again to a restored office: its acknowledgement comes for each epoch of the kiosk', async () => {
    const place = office();
    const newer = place.reopens(place.b);
    place.restores('whole');
    expect(place.rightOf('amin')).toMatchObject({ state: 'fenced', epoch: 1 });
    await meet(place, newer, [place.b]);
    expect(place.rightOf('amin')).toMatchObject({ state: 'issued', kiosk: 'SU1-B', epoch: 1 });
  });

  test('is waited for where the log is lost and its kiosk was enrolled anew before it was heard', async () => {
    const place = office();
    place.restores('lost');
    const newer = place.reopens(place.b);
    place.lists(place.a);
    place.lists(newer);
    expect(place.awaits()).toEqual(['SU1-B (epoch 1)']);
    expect(place.asks(place.a, 'amin')).toMatchObject({ code: 'central/restoring' });
    await meet(place, newer, [place.b]);
    expect(place.awaits()).toEqual([]);
    expect(place.asks(place.a, 'amin')).toMatchObject({ code: 'right/already-issued' });
  });

  test('also one of an epoch that nobody here remembers: its kiosk names it', async () => {
    const place = office();
    const second = place.reopens(place.b);
    const dewi = place.receives(second, 'dewi');
    place.issues(second, dewi);
    place.restores('lost');
    const newer = place.reopens(place.b);
    expect([second.epoch, newer.epoch]).toEqual([2, 102]);
    place.lists(place.a);
    await meet(place, newer, [place.b, second]);
    expect(place.awaits()).toEqual([]);
    expect(place.asks(place.a, 'dewi')).toMatchObject({ code: 'right/already-issued' });
    expect(place.asks(second, 'tono')).toMatchObject({ code: 'right/epoch-closed' });
  });
});

describe('an older journal ends the waiting', () => {
  /** The log is lost, and B was enrolled anew and has told its new journal. */
  function reopened() {
    const place = office();
    place.restores('lost');
    const newer = place.reopens(place.b);
    place.lists(place.a);
    place.lists(newer);
    return { ...place, newer };
  }

  test('only when central has all that its kiosk names', () => {
    const { b, newer, lists, replays, awaits } = reopened();
    lists(newer, { older: [b] });
    expect(awaits()).toEqual(['SU1-B (epoch 1)']);
    replays(b, 1);
    expect(awaits()).toEqual(['SU1-B (epoch 1)']);
    replays(b);
    expect(awaits()).toEqual([]);
  });

  test.each<[string, (place: ReturnType<typeof reopened>) => void]>([
    ['in the old term', ({ lists, newer, b }) => lists(newer, { older: [b], term: 1 })],
    ['with another hash', ({ lists, newer, b }) => lists(newer, { older: [{ ...b, texts: b.texts.toReversed() }] })],
  ])('not where it is told %s', (_, tells) => {
    const place = reopened();
    tells(place);
    place.replays(place.b);
    expect(place.awaits()).toEqual(['SU1-B (epoch 1)']);
  });

  test('or two people give it up with close-epoch, for good', () => {
    const { newer, closesEpoch, reopens, lists, awaits, asks, a } = reopened();
    closesEpoch(newer);
    expect(awaits()).toEqual([]);
    const third = reopens(newer);
    expect(awaits()).toEqual(['SU1-B']);
    lists(third);
    expect(asks(a, 'tono').ok).toBe(true);
  });

  test('not by the act that opens the next epoch', () => {
    const { newer, reopens, lists, awaits } = reopened();
    const third = reopens(newer);
    lists(third);
    expect(awaits()).toEqual(['SU1-B (epoch 1)']); // the one in between has told its own
  });

  test('and what was over before the backup is not waited for', () => {
    const place = openTestPlace();
    const [a, b] = [place.registers('SU1-A'), place.registers('SU1-B')];
    const newer = place.reopens(b);
    place.clock.jumpWall(1_000);
    const backup = join(place.folder, 'yesterday.db');
    backUp(place.life().store, backup);
    place.closes();
    rmSync(place.grantsLogPath);
    const { folder, grantsLogPath, clock } = place;
    const order = { folder, backup, grantsLogPath, clock, by: ['op-1', 'op-2'], reason: 'the disk died' };
    restoreOffice({ ...order, logLost: true });
    for (const kiosk of [a, newer]) place.lists(kiosk);
    expect(place.asks(a, 'tono').ok).toBe(true);
  });
});

test('an epoch that ends in what is left of a damaged log is waited for: the lost lines may have granted in it', () => {
  const place = office();
  place.closes();
  const log = readFileSync(place.grantsLogPath, 'utf8');
  writeFileSync(place.grantsLogPath, log.replace('"req-0"', '"req-9"')); // Amin's grant; what comes after it is whole
  const newer = place.reopens(place.b);
  place.restores('damaged');
  place.lists(place.a);
  place.lists(newer);
  expect(place.awaits()).toEqual(['SU1-B (epoch 1)']);
  place.lists(newer, { older: [place.b] });
  place.replays(place.b);
  expect(place.asks(place.a, 'amin')).toMatchObject({ code: 'right/already-issued' });
});

test('a kiosk that was acknowledged more than this database has is told of loudly, and sends nothing again in the same term', async () => {
  const place = office();
  place.writes(place.b, 'kiosk.started', { software: '1', cleanStop: true, openAttempts: 0 });
  const told = await meet(place, place.b, []);
  expect(told).toEqual([expect.stringContaining('central restore')]);
  expect(place.anomalies()).toEqual(told);
});
