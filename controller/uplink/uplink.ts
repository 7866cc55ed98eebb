import { hashText } from '#contract/uplink/chain.ts';
import { decode, encode, type Message, maxOlderJournals } from '#contract/uplink/messages.ts';
import { filtersOf, type Place, parseTopic, type RequestKind, topicOf, topics } from '#contract/uplink/topics.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { Outbox } from '#controller/journal/outbox.ts';
import { Remembered } from '#kit/async.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { type Answer, openQuestions } from './questions.ts';
import { type Fork, openSender, resendAfterMs } from './sender.ts';
import { openSnapshots } from './snapshots.ts';

export interface Uplink {
  /** Asks central one question; repeats it until answered or the deadline. */
  ask(kind: RequestKind, req: Message<'req'>, options: { deadlineMs: number; signal: AbortSignal }): Promise<Answer>;
  /** Something that central shows has changed: the snapshot is published anew, once for all changes of a tenth of a second. */
  stateChanged(): void;
  /** Whether central has spoken on this connection; never used to claim that anything is stored. */
  readonly central: Remembered<'present' | 'away'>;
  readonly fork: Remembered<Fork | null>;
  /** The last acknowledged sequence number, in memory: what "reported" follows. */
  readonly ackedSeq: Remembered<number>;
  /** Runs until `signal`; rejects only if the journal breaks. */
  run(signal: AbortSignal): Promise<void>;
}

export interface UplinkOptions {
  carrier: Carrier;
  journal: Journal;
  /** Journals of earlier epochs, drained beside this one. */
  old?: readonly Outbox[];
  clock: Clock;
  log: Log;
  place: Place;
  snapshot: () => Message<'state'>;
  /** A lease that nobody waits for any more, or a command. */
  onLate: (kind: RequestKind, rep: Message<'rep'>) => void;
  onCommand: (cmd: Message<'cmd'>) => void;
  /**
   * The term in which central speaks, before anything else is made of what it says. False: it is a higher one that this kiosk
   * cannot enter yet, so an acknowledgement in it is left alone; central repeats it.
   */
  onTerm?: (term: number) => boolean;
}

/** What the broker says of this kiosk when the line dies: the snapshot's own topic, so that nothing else need be asked. */
export function lastWill(
  place: Place,
  epoch: number,
  session: string,
  atMs: number,
): { topic: string; payload: string; retain: boolean } {
  const payload = encode('state', { v: 1, dev: place.kiosk, epoch, online: false, session, at: Math.round(atMs) });
  return { topic: topicOf('state', place), payload, retain: topics.state.retain };
}

export function openUplink(options: UplinkOptions): Uplink {
  const { carrier, journal, old = [], clock, log, place } = options;
  const central = new Remembered<'present' | 'away'>('away');
  const fork = new Remembered<Fork | null>(null);
  const ackedSeq = new Remembered(journal.acked().seq);
  let life = new AbortController().signal;
  const publish = (name: 'evt' | 'state', payload: string) =>
    carrier.publish(topicOf(name, place), payload, { qos: topics[name].qos, retain: topics[name].retain });
  const snapshots = openSnapshots({
    ...{ clock, snapshot: options.snapshot, connected: () => carrier.connected },
    publish: (state) => publish('state', encode('state', { ...state, ...olderIn(old) })),
  });
  const send = (batch: Message<'evt'>) => publish('evt', encode('evt', batch));
  const sender = openSender(journal, send, (found) => {
    log.error({ seq: found.seq, code: 'kiosk/journal-fork' }, found.detail);
    fork.set(found);
  });
  const older = old.map((outbox) =>
    openSender(outbox, send, ({ seq, detail }) => log.error({ epoch: outbox.epoch, seq }, `an old journal: ${detail}`)),
  );
  const senders = [sender, ...older]; // each takes the acknowledgements of its own epoch
  const restart = () => {
    for (const one of senders) one.restart();
  };
  const questions = openQuestions(
    clock,
    (kind, req) => carrier.publish(topicOf('req', place, kind), encode('req', req), { qos: 1 }),
    options.onLate,
  );
  journal.onAppend(() => sender.pump());

  function message(topic: string, payload: Uint8Array): void {
    const parsed = parseTopic(topic);
    if (!parsed || (parsed.name !== 'center' && parsed.place.kiosk !== place.kiosk)) return;
    const { name, kind } = parsed;
    if (name === 'evt' || name === 'req' || name === 'state') return;
    const decoded = decode(name, payload);
    if (!decoded.ok) log.warn({ topic, code: decoded.code }, decoded.detail);
    else heard(name, kind, decoded.value);
  }

  function heard(name: 'ack' | 'rep' | 'cmd' | 'center', kind: RequestKind | undefined, value: unknown): void {
    const isEntered = name === 'ack' || name === 'center' ? options.onTerm?.((value as Message<'ack'>).term) : true;
    if (name !== 'center') central.set('present');
    if (name === 'center') centerSays((value as Message<'center'>).online);
    else if (name === 'ack') isEntered !== false && acknowledged(value as Message<'ack'>);
    else if (name === 'cmd') options.onCommand(value as Message<'cmd'>);
    else if (kind) questions.answered(kind, value as Message<'rep'>);
  }

  function centerSays(online: boolean): void {
    const was = central.value;
    central.set(online ? 'present' : 'away');
    if (!online || was === 'present') return;
    snapshots.say();
    restart();
    questions.again();
  }

  function acknowledged(ack: Message<'ack'>): void {
    for (const one of senders) one.acknowledged(ack);
    ackedSeq.set(journal.acked().seq);
  }

  function connected(): void {
    carrier.subscribe(filtersOf('kiosk', place));
    snapshots.say();
    restart();
    questions.again();
  }

  return {
    ask: questions.ask,
    stateChanged: () => snapshots.changed(life),
    central,
    fork,
    ackedSeq,
    async run(signal) {
      life = signal;
      const outboxes = [journal, ...old];
      const upkeep = Promise.all(
        outboxes.map((outbox, index) => watch(senders[index] ?? sender, outbox, clock, signal)),
      );
      for await (const event of carrier.incoming) {
        if (signal.aborted) break;
        if (event.type === 'connected') connected();
        else if (event.type === 'disconnected') central.set('away');
        else message(event.topic, event.payload);
      }
      await upkeep;
    },
  };
}

/** What a snapshot says of the journals of earlier epochs: a restored office waits until it has all of them. */
function olderIn(old: readonly Outbox[]): Pick<Message<'state'>, 'older'> {
  if (old.length === 0) return {};
  const heads = old.map((outbox) => ({ epoch: outbox.epoch, ...outbox.head() }));
  return { older: heads.slice(-maxOlderJournals).map((head) => ({ ...head, hash: hashText(head.hash) })) };
}

/** Sends again after silence, and saves the acknowledged mark when it has been idle for a second. */
async function watch(
  sender: ReturnType<typeof openSender>,
  journal: Outbox,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let quietMs = 0;
  let seen = journal.acked().seq;
  while (!signal.aborted) {
    await clock.sleep(1_000, signal).catch(() => undefined);
    if (signal.aborted) return;
    const acked = journal.acked().seq;
    quietMs = acked === seen ? quietMs + 1_000 : 0;
    seen = acked;
    if (sender.behind && quietMs >= resendAfterMs) {
      sender.restart();
      quietMs = 0;
    }
    if (quietMs >= 1_000) journal.saveAcked();
  }
}
