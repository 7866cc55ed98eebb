import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryHash, genesisHash } from '#contract/uplink/chain.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openFileStore, openMemoryStore, type Store } from '#kit/store.ts';
import { verifyChain } from './chain.ts';
import { type Fact, type Journal, openJournal } from './journal.ts';

const fact = (device: string): Fact => ({ type: 'device.changed', data: { device, state: 'ready', code: null } });

function opened(store: Store = openMemoryStore({ migrations: controllerMigrations }), boot = 'boot-1') {
  const clock = manualClock();
  const journal = openJournal({ store, clock, kiosk: 'SU1-A', epoch: 1, boot });
  const append = (...devices: string[]) => journal.record('facts', (put) => devices.map((device) => put(fact(device))));
  return { store, clock, journal, append };
}

const textsOf = (journal: Journal) => journal.batchAfter(0, 1_000, 1e9)?.texts ?? [];

describe('what is appended', () => {
  test('is a chain from the genesis, one hash after the other, whoever computes it', () => {
    const { journal, append } = opened();
    append('camera');
    append('panel', 'card-printer');
    let hash = genesisHash('SU1-A', 1);
    for (const text of textsOf(journal)) hash = entryHash(hash, text);
    expect(journal.head()).toEqual({ seq: 3, hash });
    expect(journal.hashAt(0)).toEqual(genesisHash('SU1-A', 1));
    expect(journal.hashAt(4)).toBeNull();
  });

  test('says when by three clocks, and carries no number of its own', () => {
    const { journal, append, clock } = opened();
    append('camera');
    const [entry] = journal.entries(1, 1);
    expect(entry?.at).toEqual({ wallMs: clock.wallMs(), boot: 'boot-1', upMs: 0 });
    expect(Object.keys(entry ?? {}).sort()).toEqual(['at', 'data', 'type']);
  });

  test('together with a change is there with it or not at all', () => {
    const { journal, append, store } = opened();
    append('camera');
    const fails = () =>
      journal.record('half', (put, db) => {
        put(fact('panel'));
        db.prepare("INSERT INTO counter VALUES ('x', 1)").run();
        throw new Error('changed my mind');
      });
    expect(fails).toThrow('changed my mind');
    expect(journal.head().seq).toBe(1);
    expect(store.read((db) => db.prepare('SELECT * FROM counter').all())).toEqual([]);
  });

  test('that the contract does not know is refused, and so is what is too long', () => {
    const { journal, append } = opened();
    const put = (bad: object) => () => journal.record('bad', (append) => append(bad as Fact));
    expect(put({ type: 'device.changed', data: { device: 'x', state: 'on fire', code: null } })).toThrow(/contract/);
    expect(put({ ...fact('x'), subject: 'x'.repeat(81) })).toThrow(/contract/);
    expect(put({ ...fact('x'), extra: 'x'.repeat(20_000) })).toThrow(/too large|contract/);
    append('camera');
    expect(journal.head().seq).toBe(1);
  });

  test('a step of one attempt stands there once; an offer may come twice, as the first and the second', () => {
    const { journal } = opened();
    const say = (type: 'print.inking' | 'print.presenting', offer: number, subject = 'lease/1') =>
      journal.record(type, (put) => put({ type, subject, data: { rightId: 'r', offer } } as Fact));
    say('print.inking', 1);
    expect(() => say('print.inking', 1)).toThrow(/UNIQUE/);
    say('print.presenting', 1);
    say('print.presenting', 2);
    expect(() => say('print.presenting', 2)).toThrow(/UNIQUE/);
    say('print.inking', 1, 'lease/2');
    expect(journal.head().seq).toBe(4);
  });

  test('is told to whoever sends it, after it is durable', () => {
    const { journal, append } = opened();
    const seen: number[] = [];
    journal.onAppend(() => seen.push(journal.head().seq));
    append('camera');
    append('panel', 'camera');
    expect(seen).toEqual([1, 3]);
  });
});

describe('the next life', () => {
  test('goes on where the last left off, and remembers what was acknowledged with the next record', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'anjungan-journal-')), 'kiosk.db');
    const life = (boot: string) => opened(openFileStore(path, { migrations: controllerMigrations }), boot);
    const first = life('boot-1');
    first.append('camera');
    first.append('panel');
    first.journal.acknowledge({ term: 3, ...first.journal.head() });
    first.store.close(); // killed: the acknowledgement was only in memory
    const second = life('boot-2');
    expect(second.journal.acked().seq).toBe(0);
    second.journal.acknowledge({ term: 3, ...second.journal.head() });
    second.append('camera');
    second.store.close();
    const third = life('boot-3');
    expect(third.journal.acked()).toMatchObject({ term: 3, seq: 2 });
    third.journal.acknowledge({ term: 3, ...third.journal.head() });
    third.journal.saveAcked();
    third.store.close();
    const fourth = life('boot-4');
    expect(fourth.journal.acked()).toMatchObject({ term: 3, seq: 3 });
    expect(fourth.journal.head().seq).toBe(3);
    expect(verifyChain(fourth.store, 'SU1-A', 1)).toBeNull();
    fourth.store.close();
  });

  test('a record that failed did not save the acknowledgement either', () => {
    const { journal, append, store } = opened();
    append('camera');
    journal.acknowledge({ term: 1, ...journal.head() });
    expect(() => journal.record('bad', () => journal.hashAt(-1) ?? fail())).toThrow('failed');
    expect(store.read((db) => db.prepare('SELECT * FROM acked').all())).toEqual([]);
    journal.saveAcked();
    expect(store.read((db) => db.prepare('SELECT seq FROM acked').all())).toEqual([{ seq: 1 }]);
  });
});

const fail = (): never => {
  throw new Error('failed');
};

describe('what is sent', () => {
  test('is whole, in order, within its bounds, and at least one entry long', () => {
    const { journal, append } = opened();
    for (let n = 0; n < 40; n += 1) append(`device-${n}`);
    const all = textsOf(journal);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9_000 }),
        (seq, most, bytes) => {
          const batch = journal.batchAfter(seq, most, bytes);
          if (seq === 40) {
            expect(batch).toBeNull();
            return;
          }
          expect(batch?.first).toBe(seq + 1);
          expect(batch?.prev).toEqual(journal.hashAt(seq));
          const texts = batch?.texts ?? [];
          expect(texts).toEqual(all.slice(seq, seq + texts.length));
          expect(texts.length).toBeGreaterThanOrEqual(1);
          expect(texts.length).toBeLessThanOrEqual(most);
          if (texts.length > 1) expect(Buffer.byteLength(texts.join(''))).toBeLessThanOrEqual(bytes);
        },
      ),
    );
  });
});

describe('a chain that somebody touched', () => {
  const spoil = (sql: string) => {
    const { store, append } = opened();
    append('a', 'b', 'c', 'd', 'e');
    store.write('by hand', (db) => db.prepare(sql).run());
    return (from = 1) => verifyChain(store, 'SU1-A', 1, from);
  };

  test.each<[string, string, object]>([
    ['a letter', 'UPDATE journal SET text = replace(text, \'"c"\', \'"x"\') WHERE seq = 3', { seq: 3, what: 'hash' }],
    ['a hash', 'UPDATE journal SET hash = zeroblob(32) WHERE seq = 3', { seq: 3, what: 'hash' }],
    ['a link', 'UPDATE journal SET prev_hash = zeroblob(32) WHERE seq = 3', { seq: 3, what: 'prev-hash' }],
    ['a missing entry', 'DELETE FROM journal WHERE seq = 3', { seq: 4, what: 'gap' }],
    ['the first entry', 'DELETE FROM journal WHERE seq = 1', { seq: 2, what: 'gap' }],
  ])('is found: %s', (_, sql, fault) => {
    expect(spoil(sql)()).toEqual(fault);
  });

  test('is found from where one looks; what lies before is trusted', () => {
    const verify = spoil('UPDATE journal SET text = replace(text, \'"b"\', \'"x"\') WHERE seq = 2');
    expect([verify(1), verify(3), verify(6)]).toEqual([{ seq: 2, what: 'hash' }, null, null]);
  });

  test('another kiosk or epoch is another chain', () => {
    const { store, append } = opened();
    append('a');
    expect([verifyChain(store, 'SU1-B', 1), verifyChain(store, 'SU1-A', 2)]).toEqual([
      { seq: 1, what: 'prev-hash' },
      { seq: 1, what: 'prev-hash' },
    ]);
  });
});
