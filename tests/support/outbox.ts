import { hashText } from '#contract/uplink/chain.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import { encode, type Message } from '#contract/uplink/messages.ts';
import { topicOf } from '#contract/uplink/topics.ts';
import { type Journal, openJournal } from '#controller/journal/journal.ts';
import { openUplink, type Uplink } from '#controller/uplink/uplink.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import { silentLog } from '#kit/log.ts';
import { migrationsIn, openMemoryStore, type Store } from '#kit/store.ts';

export const kioskMigrations = migrationsIn(`${import.meta.dirname}/../../controller/migrations`);

/** A kiosk's journal and uplink alone, without a cabinet: what delivery is about. */
export interface Outbox extends AsyncDisposable {
  journal: Journal;
  store: Store;
  uplink: Uplink;
  carrier: Carrier;
  /** Appends so many facts, one write each. */
  appends(count: number): void;
}

export function openOutbox(
  enrolment: Enrolment,
  carrier: Carrier,
  clock: Clock,
  store = openMemoryStore({ migrations: kioskMigrations }),
  boot = 'boot-1',
): Outbox {
  const { kiosk, shard, epoch } = enrolment;
  const journal = openJournal({ store, clock, kiosk, epoch, boot });
  const place = { shard, kiosk };
  const stop = new AbortController();
  const snapshot = (): Message<'state'> => ({
    v: 1,
    dev: kiosk,
    epoch,
    online: true,
    session: boot,
    at: clock.wallMs(),
    head: { seq: journal.head().seq, hash: hashText(journal.head().hash) },
  });
  const uplink = openUplink({ carrier, journal, clock, log: silentLog, place, snapshot, onLate() {}, onCommand() {} });
  const running = uplink.run(stop.signal);
  return {
    journal,
    store,
    uplink,
    carrier,
    appends(count) {
      for (let n = 0; n < count; n += 1) {
        journal.record('test.fact', (append) =>
          append({ type: 'device.changed', data: { device: 'camera', state: 'ready', code: null } }),
        );
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await carrier[Symbol.asyncDispose]();
      await running;
    },
  };
}

/** Publishes raw bytes as a kiosk would, past every check of our own. */
export function publishRaw(carrier: Carrier, enrolment: Enrolment, name: 'evt' | 'state', payload: string): void {
  carrier.publish(topicOf(name, { shard: enrolment.shard, kiosk: enrolment.kiosk }), payload, { qos: 1 });
}

export const evtText = (evt: Message<'evt'>): string => encode('evt', evt);

/** The texts that central holds of one kiosk, in order. */
export function textsAt(store: Store, kiosk: string, epoch = 1): string[] {
  const rows = store.read((db) =>
    db.prepare('SELECT text FROM entry WHERE kiosk = ? AND epoch = ? ORDER BY seq').all(kiosk, epoch),
  );
  return (rows as { text: string }[]).map((row) => row.text);
}

export function ownTexts(store: Store): string[] {
  return (store.read((db) => db.prepare('SELECT text FROM journal ORDER BY seq').all()) as { text: string }[]).map(
    (row) => row.text,
  );
}
