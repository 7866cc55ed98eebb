import { describe, expect, test } from 'vitest';
import { hashText } from '#contract/uplink/chain.ts';
import { controllerMigrations } from '#controller/controller.ts';
import { openSender } from '#controller/uplink/sender.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { openMemoryStore } from '#kit/store.ts';
import { ChainBroken, verifyChain, walkChain } from './chain.ts';
import { type Fact, openJournal } from './journal.ts';
import { openOldOutbox } from './old-epoch.ts';
import { trimJournal } from './trim.ts';

const fact: Fact = { type: 'device.changed', data: { device: 'camera', state: 'ready', code: null } };
const day = 24 * 60 * 60_000;

function journalOf(entries: number, epoch = 1) {
  const store = openMemoryStore({ migrations: controllerMigrations });
  const clock = manualClock();
  const journal = openJournal({ store, clock, kiosk: 'SU1-A', epoch, boot: 'boot-1' });
  const append = (count: number) => journal.record('facts', (put) => Array.from({ length: count }, () => put(fact)));
  append(entries);
  const reopened = () => openJournal({ store, clock, kiosk: 'SU1-A', epoch, boot: 'boot-2' });
  const acknowledge = (seq: number) => {
    journal.acknowledge({ term: 1, seq, hash: journal.hashAt(seq) ?? new Uint8Array() });
    journal.saveAcked();
  };
  return { store, clock, journal, append, reopened, acknowledge };
}

const name = { kiosk: 'SU1-A', epoch: 1 };
const never = new AbortController().signal;

describe('a long chain is walked beside everything else', () => {
  test('in slices, to its end, and it says how far it is', async () => {
    const { store, clock } = journalOf(600);
    const seen: number[] = [];
    const walk = walkChain({ store, clock, name, toSeq: 600 }, never, ({ checked }) => seen.push(checked));
    for (let turns = 0; turns < 5; turns += 1) await clock.advance(5);
    await walk;
    expect(seen).toEqual([250, 500, 600]);
  });

  test('and rests three times as long as it worked, on a slow board as on a quick one', async () => {
    const { store, clock } = journalOf(600);
    const rests: number[] = [];
    let nowMs = 0;
    const slow = { ...clock, monotonicMs: () => (nowMs += 40), sleep: async (ms: number) => void rests.push(ms) };
    await walkChain({ store, clock: slow, name, toSeq: 600 }, never, () => undefined);
    expect(rests).toEqual([120, 120]);
  });

  test('and a link that does not hold ends it with its number', async () => {
    const { store, clock } = journalOf(1_500);
    store.write('flip', (db) => db.prepare("UPDATE journal SET text = text || ' ' WHERE seq = 1200").run());
    const walk = walkChain({ store, clock, name, toSeq: 1_500 }, never, () => undefined);
    const broken = expect(walk).rejects.toThrow(new ChainBroken({ seq: 1_200, what: 'hash' }));
    for (let turns = 0; turns < 7; turns += 1) await clock.advance(5);
    await broken;
  });
});

describe('old entries are let go', () => {
  const limits = { forMs: 90 * day, entries: 10 };

  test('when they are acknowledged, old and followed by enough, and the rest is still a chain', async () => {
    const { store, clock, journal, append, acknowledge, reopened } = journalOf(20);
    acknowledge(15);
    await clock.advance(91 * day);
    append(4);
    expect(trimJournal(journal, store, clock.wallMs(), limits)).toBe(true);
    expect(journal.entries(1, 99)).toHaveLength(10);
    expect(trimJournal(journal, store, clock.wallMs(), limits)).toBe(false);
    expect(verifyChain(store, 'SU1-A', 1)).toBeNull();
    expect(reopened().head()).toEqual(journal.head());
    append(1);
    expect([journal.head().seq, verifyChain(store, 'SU1-A', 1)]).toEqual([25, null]);
  });

  test.each([
    ['that central does not have', { acked: 3, days: 91 }, 3],
    ['that are not old enough', { acked: 20, days: 89 }, 0],
  ])('but none %s', async (_, { acked, days }, gone) => {
    const { store, clock, journal, acknowledge } = journalOf(20);
    acknowledge(acked);
    await clock.advance(days * day);
    trimJournal(journal, store, clock.wallMs(), limits);
    expect(journal.entries(1, 99)).toHaveLength(20 - gone);
  });

  test('and an entry changed behind the cut is still found', async () => {
    const { store, clock, journal, acknowledge } = journalOf(20);
    acknowledge(20);
    await clock.advance(91 * day);
    trimJournal(journal, store, clock.wallMs(), limits);
    store.write('swap', (db) => db.prepare("UPDATE journal SET text = text || ' ' WHERE seq = 11").run());
    expect(verifyChain(store, 'SU1-A', 1)).toEqual({ seq: 11, what: 'hash' });
  });
});

describe('the journal of an earlier epoch', () => {
  test('is drained from where central has it, and what was acknowledged is kept in the newest one', () => {
    const first = journalOf(120);
    first.acknowledge(20);
    const home = openMemoryStore({ migrations: controllerMigrations });
    const outbox = openOldOutbox({ epoch: 1, store: first.store }, 'SU1-A', home);
    const sent: number[] = [];
    const sender = openSender(
      outbox,
      ({ first: from, evs }) => {
        for (const index of evs.keys()) sent.push(from + index);
        return true;
      },
      () => undefined,
    );
    sender.pump();
    expect([sent[0], sent.at(-1), sender.behind]).toEqual([21, 120, true]);
    const { hash } = first.journal.head();
    sender.acknowledged({ v: 1, term: 1, epoch: 1, seq: 120, hash: hashText(hash), gap: false });
    outbox.saveAcked();
    expect(sender.behind).toBe(false);
    expect(openOldOutbox({ epoch: 1, store: first.store }, 'SU1-A', home).acked().seq).toBe(120);
    expect(first.reopened().acked().seq).toBe(20); // nothing was written into the old file
  });
});
