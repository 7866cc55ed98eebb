import { importFileDrop } from '#central/gateway/file-drop/file-drop.ts';
import { hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Enrolment } from '#contract/uplink/enrolment.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import { type Lease, openLeases } from '#controller/leases/leases.ts';
import type { Carrier, CarrierEvent } from '#kit/carrier.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { fraction, newId, type Random } from '#kit/random.ts';
import { joseSealer, type KeyPair } from '#kit/sealer.ts';
import type { MemoryStore, Store } from '#kit/store.ts';
import { type Office, openOffice, type Wire } from '#tests/support/office.ts';
import { openOutbox } from '#tests/support/outbox.ts';
import { demoCitizens } from '#tools/population/demo-citizens.ts';

const dayMs = 86_400_000;
/** The office's own day stands still; the kiosks begin a month before it, and their time runs as fast as the test likes. */
export const officeDayMs = manualClock().wallMs();
export const kioskClock = (): ManualClock => manualClock(officeDayMs - 30 * dayMs);

/** An office that knows the demo citizens of `drop`. */
export async function openTown(wire: (store: Store) => Promise<Wire>, drop: string, seed: string) {
  const clock = manualClock(officeDayMs);
  const office = await openOffice(wire, clock, seed);
  await importFileDrop(drop, { store: office.store, clock, lookupKey: office.lookupKey });
  return office;
}

/** What a kiosk knows of a person who stands before it. */
export interface Known {
  rightId: string;
  identifyReqId: string;
  sealed: string;
}

/** A kiosk without a cabinet: journal, leases and uplink are the product's. */
export interface Racer extends AsyncDisposable {
  name: string;
  store: Store;
  identifies(citizen: string): Promise<Known>;
  /** Asks for the right; whatever comes of it is in the journal when this resolves. Null where there is none to be had. */
  asksFor(known: Known): Promise<Lease | null>;
  voids(lease: Lease): void;
  /** What every start does with questions and leases that no attempt holds. */
  voidsAllUnused(): void;
  /** Ends all that waits, as a power cut does; nothing is written. */
  kill(): void;
}

export interface RacerOptions {
  office: Office;
  enrolment: Enrolment;
  carrier: Carrier;
  clock: ManualClock;
  random: Random;
  store?: MemoryStore;
  boot?: string;
}

/** In the time of the kiosks: longer than any race lasts. */
const patienceMs = 365 * dayMs;

export async function openRacer(options: RacerOptions): Promise<Racer & ReturnType<typeof openOutbox>> {
  const { office, enrolment, clock, random } = options;
  const { kiosk: name, epoch } = enrolment;
  const outbox = openOutbox(enrolment, options.carrier, clock, options.store, options.boot);
  const { store, journal, uplink } = outbox;
  const leases = openLeases({
    ...{ store, journal, clock, sealer: joseSealer },
    centralSigningKey: office.keys.signing.publicKey,
  });
  const stop = new AbortController();
  const patience = { deadlineMs: patienceMs, signal: stop.signal };
  const envelope = (reqId: string) => ({ v: 1 as const, reqId, epoch, exp: officeDayMs + patienceMs });
  const reply: KeyPair = await joseSealer.newSealingKey();

  return Object.assign(outbox, {
    name,
    async identifies(code: string) {
      const { pickupCode: value, pin } = demoCitizens.find((one) => one.code === code) ?? never(code);
      const question = JSON.stringify({ lookup: { kind: 'code', value }, pin });
      const sealed = await joseSealer.seal(question, office.keys.sealing.publicKey);
      const identifyReqId = newId(random);
      const req = { ...envelope(identifyReqId), sealed, replyKey: reply.publicKey as never };
      const answer = await uplink.ask('identify', req, patience);
      const text = answer.ok ? (answer.rep.sealed ?? '') : never(answer.code);
      const { rightId } = JSON.parse(await joseSealer.open(text, reply.privateKey)) as SealedRecord;
      return { rightId, identifyReqId, sealed: text };
    },
    async asksFor({ rightId, identifyReqId, sealed }: Known) {
      const reqId = newId(random);
      leases.ask(reqId, rightId);
      const lease = { rightId, identifyReqId, sealedSha256: hashText(sha256(sealed)) };
      const answer = await uplink.ask('lease', { ...envelope(reqId), lease }, patience);
      const verdict = answer.ok
        ? await leases.receive(answer.rep.lease ?? '', { reqId, rightId, sealed }, 'SU1-0001-9')
        : answer;
      if (verdict.ok && 'lease' in verdict) return verdict.lease;
      leases.void(reqId, 'no lease');
      return null;
    },
    voids: (lease: Lease) => leases.void(lease.reqId, 'identify/cancelled'),
    voidsAllUnused: () => void leases.voidAllUnused('restart'),
    kill: () => stop.abort(new Error('killed')),
  });
}

function never(what: string): never {
  throw new Error(`not to be had: ${what}`);
}

/** The same carrier, over which so many of central's answers never arrive. */
export function losingReplies(carrier: Carrier, random: Random, share: number): Carrier {
  async function* heard(): AsyncGenerator<CarrierEvent> {
    for await (const event of carrier.incoming) {
      const isReply = event.type === 'message' && event.topic.includes('/rep/lease');
      if (!isReply || fraction(random) >= share) yield event;
    }
  }
  return {
    get connected() {
      return carrier.connected;
    },
    incoming: heard(),
    publish: carrier.publish,
    subscribe: carrier.subscribe,
    [Symbol.asyncDispose]: () => carrier[Symbol.asyncDispose](),
  };
}

/** Lets the kiosks' time pass until the work is done; sockets and crypto go on at their own pace meanwhile. */
export async function passing<T>(clock: ManualClock, work: Promise<T>, stepMs = 100): Promise<T> {
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  done.catch(() => undefined);
  while (!over) await clock.advance(stepMs);
  return done;
}

/** The same until something is so. */
export async function until(clock: ManualClock, isSo: () => boolean, stepMs = 100): Promise<void> {
  for (let step = 0; step < 200_000 && !isSo(); step += 1) await clock.advance(stepMs);
  if (!isSo()) throw new Error('it never came to that');
}
