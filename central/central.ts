import type { Entry } from '#contract/uplink/entries.ts';
import { decode, encode, type Message } from '#contract/uplink/messages.ts';
import { filtersOf, type Place, parseTopic, type RequestKind, topicOf, topics } from '#contract/uplink/topics.ts';
import { nextTurn } from '#kit/async.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import type { Random } from '#kit/random.ts';
import type { PrivateKey, Sealer } from '#kit/sealer.ts';
import { type Db, migrationsIn, type Store, StoreBroken } from '#kit/store.ts';
import { followStock } from './blanko/follow.ts';
import { changeCommands, commandsChange, commandsToSend, followCommand, tellClosed } from './commands/commands.ts';
import { type KioskRow, kioskRow } from './enrolment/enrolment.ts';
import { epochStands } from './epochs/epochs.ts';
import { openGather } from './intake/gather.ts';
import { type EntryPlace, openIntake } from './intake/intake.ts';
import { noteLoss } from './intake/loss.ts';
import { openRequests } from './requests/requests.ts';
import { takeLateLease } from './restore/late-lease.ts';
import { noteListing } from './restore/restoring.ts';
import { takeSurplus } from './restore/surplus.ts';
import { followRight } from './rights/follow.ts';
import type { GrantsLog } from './rights/grants-log.ts';

export const centralMigrations = migrationsIn(`${import.meta.dirname}/migrations`);

/** Everything central stands on; each can be another form in a test or a replay. */
export interface CentralPorts {
  store: Store;
  carrier: Carrier;
  clock: Clock;
  random: Random;
  sealer: Sealer;
  log: Log;
  grantsLog: GrantsLog;
  keys: { sealing: PrivateKey; signing: PrivateKey };
  /** The secret behind every keyed hash of a NIK or a number. */
  lookupKey: Uint8Array;
  /** The life of this database; grows with every restored backup. */
  term: number;
}

export interface Central {
  /** Tells all shards anew that central is there: after a kiosk in a new shard was registered. */
  sayPresent(): void;
  /** Sends a kiosk what it is told to do, once that is committed; each of its snapshots sends it again. */
  sendCommands(kiosk: string): void;
  /** Tells whoever listens that something was changed by the office itself. */
  changed(): void;
  /** Runs until `signal`; rejects only when the store breaks. */
  run(signal: AbortSignal): Promise<void>;
  /** Called after each committed batch and each snapshot: what a console shows has changed. */
  onChange(listener: () => void): () => void;
}

export function openCentral(ports: CentralPorts): Central {
  const { store, carrier, clock, random, log, term } = ports;
  const caughtUp = takeSurplus(store, ports.grantsLog, clock.wallMs());
  if (caughtUp > 0)
    log.warn({ lines: caughtUp }, 'the grants log knew more than the database: its last commit failed, or was lost');
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const intake = openIntake(store, clock, term, (db, place, entry) => apply(db, place, entry, clock.wallMs()));
  /** Set while it runs: where a store that broke is told. */
  let fails: (error: unknown) => void = () => undefined;
  const gather = openGather<Place>(
    intake,
    (place, message) => {
      ack(place, message);
      changed();
    },
    (place, error) => quietly(place, error),
  );
  const requests = openRequests({
    ...ports,
    sealingKey: ports.keys.sealing,
    signingKey: ports.keys.signing,
    grants: { log: ports.grantsLog, siteName: (db, kiosk) => kioskRow(db, kiosk)?.site.name ?? kiosk },
  });

  function ack(place: Place, message: Message<'ack'> | null): void {
    if (message) carrier.publish(topicOf('ack', place), encode('ack', message), { qos: topics.ack.qos });
    if (message?.fork)
      log.error(
        { kiosk: place.kiosk, seq: message.fork.seq, code: 'kiosk/journal-fork' },
        'another history came in: set aside',
      );
  }

  function snapshot(place: Place, said: Message<'state'>): void {
    const state = said.online ? said : deathOf(place.kiosk, said);
    if (!state) return;
    const lost = store.write('state', (db) => {
      db.prepare('INSERT OR REPLACE INTO kiosk_state VALUES (?, ?, ?)').run(
        place.kiosk,
        JSON.stringify(state),
        clock.wallMs(),
      );
      noteListing(db, state);
      if (!state.online) return null;
      tellClosed(db, random, clock.wallMs(), { kiosk: place.kiosk, epoch: state.epoch });
      return noteLoss(db, state, { term, nowMs: clock.wallMs() });
    });
    if (lost) log.error({ kiosk: place.kiosk, epoch: state.epoch }, lost);
    if (state.online) answerSnapshot(place, state);
    changed();
  }

  function answerSnapshot(place: Place, state: Message<'state'>): void {
    ack(place, intake.compare(state));
    for (const one of intake.older(state)) ack(place, one);
    sendCommands(place);
  }

  /** Nothing is remembered of what was sent: a command is repeated until the journal tells its end. */
  function sendCommands(place: Place): void {
    const due = store.read((db) => commandsChange(db, place.kiosk, clock.wallMs()));
    if (due) store.write('commands', (db) => changeCommands(db, place.kiosk, clock.wallMs()));
    const waiting = store.read((db) => commandsToSend(db, place.kiosk));
    for (const cmd of waiting) carrier.publish(topicOf('cmd', place), encode('cmd', cmd), { qos: topics.cmd.qos });
  }

  /** A last will counts only for the life that spoke last; the rest of its last snapshot stays, as of then. */
  function deathOf(kiosk: string, will: Message<'state'>): Message<'state'> | null {
    const row = store.read((db) => db.prepare('SELECT state FROM kiosk_state WHERE kiosk = ?').get(kiosk)) as
      | { state: string }
      | undefined;
    const last = row ? (JSON.parse(row.state) as Message<'state'>) : null;
    return last?.session === will.session ? { ...last, online: false } : null;
  }

  async function answer(place: Place, kind: RequestKind, row: KioskRow, req: Message<'req'>): Promise<void> {
    await nextTurn(); // what the kiosk wrote before it asked is taken in first
    const closed = store.read((db) => epochStands(db, place.kiosk, req.epoch)) === 'closed';
    const refusal = { v: 1, reqId: req.reqId, ok: false, code: 'right/epoch-closed' } as const;
    const rep = closed ? refusal : await requests.answer(kind, row, req);
    log.info({ kiosk: place.kiosk, kind, ok: rep.ok, problem: rep.code }, 'asked');
    carrier.publish(topicOf('rep', place, kind), encode('rep', rep), { qos: topics.rep.qos });
  }

  function quietly({ kiosk }: Place, error: unknown): void {
    if (error instanceof StoreBroken) fails(error);
    else log.error({ kiosk, error: String(error).slice(0, 200) }, 'a message could not be used');
  }

  /** One message of one kiosk. Whatever it holds ends nothing: only a broken store does. */
  function message(topic: string, payload: Uint8Array): void {
    const parsed = parseTopic(topic);
    if (!parsed || topics[parsed.name].from !== 'kiosk') return;
    try {
      use(parsed, payload)?.catch((error: unknown) => quietly(parsed.place, error));
    } catch (error) {
      quietly(parsed.place, error);
    }
  }

  function use({ name, place, kind }: ParsedTopic, payload: Uint8Array): Promise<void> | undefined {
    const row = store.read((db) => kioskRow(db, place.kiosk));
    const decoded = row?.shard === place.shard ? decode(name, payload) : wrongPlace;
    if (!row || !decoded.ok) return void warn(place, decoded.ok ? wrongPlace : decoded);
    const value = decoded.value as Message<'evt'> | Message<'state'> | Message<'req'>;
    if ('dev' in value && value.dev !== place.kiosk) return void warn(place, wrongPlace);
    if (kind) return answer(place, kind, row, value as Message<'req'>);
    if (name === 'state') return void snapshot(place, value as Message<'state'>);
    return void gather.add(value as Message<'evt'>, place);
  }

  function warn({ kiosk }: Place, { code, detail }: { code: string; detail: string }): void {
    log.warn({ kiosk, code }, detail);
  }

  function sayPresent(): void {
    carrier.subscribe(filtersOf('central'));
    const shards = store.read((db) => db.prepare('SELECT DISTINCT shard FROM kiosk').all()) as { shard: string }[];
    for (const { shard } of shards) {
      const center = encode('center', { v: 1, online: true, term, at: clock.wallMs() });
      carrier.publish(topicOf('center', { shard, kiosk: '' }), center, { qos: 1, retain: true });
    }
  }

  return {
    sayPresent,
    sendCommands(kiosk) {
      const row = store.read((db) => kioskRow(db, kiosk));
      if (row) sendCommands({ kiosk, shard: row.shard });
    },
    changed,
    async run(signal) {
      const broken = Promise.withResolvers<never>();
      fails = broken.reject;
      const work = async () => {
        for await (const event of carrier.incoming) {
          if (signal.aborted) return;
          if (event.type === 'connected') sayPresent();
          else if (event.type === 'message') message(event.topic, event.payload);
        }
      };
      await Promise.race([work(), broken.promise]);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type ParsedTopic = NonNullable<ReturnType<typeof parseTopic>>;

const wrongPlace = {
  ok: false,
  code: 'uplink/wrong-place',
  detail: 'from a kiosk or shard that is not known there',
} as const;

/** What an entry changes at central, in the transaction that stores it. */
export function apply(db: Db, place: EntryPlace, entry: Entry, nowMs: number): string | null {
  return (
    followStock(db, place, entry) ??
    takeLateLease(db, place, entry, nowMs) ??
    followRight(db, place, entry, nowMs) ??
    followCommand(db, place, entry, nowMs)
  );
}
