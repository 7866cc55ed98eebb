import { entryHash, genesisHash, hashText, sha256 } from '#contract/uplink/chain.ts';
import type { Entry, EntryType } from '#contract/uplink/entries.ts';
import { decode, encode, type LeaseClaims, type Message } from '#contract/uplink/messages.ts';
import type { SealedRecord } from '#contract/uplink/record.ts';
import { filtersOf, type Place, parseTopic, topicOf } from '#contract/uplink/topics.ts';
import type { Carrier } from '#kit/carrier.ts';
import type { Clock } from '#kit/clock.ts';
import type { KeyPair, PublicKey, Sealer } from '#kit/sealer.ts';
import { keyedHash } from '#kit/secrets.ts';

export interface Person {
  rightId: string;
  code: string;
  nik: string;
  pin: string;
  name: string;
}

interface Granted {
  claims: LeaseClaims;
  jws: string;
  sealed: string;
  live: boolean;
}

/**
 * A central of a few lines, written from the contract alone: takes a chain of entries and acknowledges it, grants each
 * right once, gives a repeated question the same answer while its lease lives, and sends what it was told to send.
 */
export function testCentral(
  { carrier, clock, sealer }: { carrier: Carrier; clock: Clock; sealer: Sealer },
  keys: KeyPair,
  place: Place,
  people: readonly Person[],
) {
  const epoch = 1;
  const texts: string[] = [];
  const grants = new Map<string, Granted>();
  const voided = new Set<string>();
  const orders: Message<'cmd'>[] = [];
  let head = genesisHash(place.kiosk, epoch);
  let serial = 0;
  const central = {
    term: 1,
    leaseMs: 14 * 86_400_000,
    /** Does not acknowledge, and does not answer. */
    silent: false,
    /** Answers, and the answers get lost on the way. */
    losesAnswers: false,
    texts,
    grants,
    /** Sent now, and again whenever the kiosk says that it is there. */
    orders(kind: string, args: Record<string, string>, forMs = 3_600_000): string {
      serial += 1;
      const cmd: Message<'cmd'> = { v: 1, cmdId: `cmd-${serial}`, kind, args, exp: clock.wallMs() + forMs };
      orders.push(cmd);
      say('cmd', encode('cmd', cmd));
      return cmd.cmdId;
    },
    repeatsOrders() {
      for (const cmd of orders) say('cmd', encode('cmd', cmd));
    },
    entries: () => texts.map((text) => JSON.parse(text) as Entry),
    of: <T extends EntryType>(type: T) => central.entries().filter((one) => isOf(one, type)),
    /** Rights that are at the kiosk, by what central knows. */
    leased: () => [...grants.values()].filter(({ live }) => live).map(({ claims }) => claims.rightId),
    async run(): Promise<void> {
      carrier.subscribe(filtersOf('central'));
      for await (const event of carrier.incoming) if (event.type === 'message') await hear(event.topic, event.payload);
    },
    sayPresent: () => sayPresent(),
  };

  const say = (name: 'ack' | 'cmd' | 'rep', payload: string) =>
    central.silent || carrier.publish(topicOf(name, place, 'lease'), payload, { qos: 1 });

  function sayPresent(): void {
    const center = encode('center', { v: 1, online: true, term: central.term, at: clock.wallMs() });
    carrier.publish(topicOf('center', place), center, { qos: 1, retain: true });
  }

  async function hear(topic: string, payload: Uint8Array): Promise<void> {
    const parsed = parseTopic(topic);
    if (!parsed || central.silent) return;
    if (parsed.name === 'evt') take(read('evt', payload));
    else if (parsed.name === 'state' && read('state', payload).online) {
      acknowledge(false);
      central.repeatsOrders();
    } else if (parsed.name === 'req') await answer(read('req', payload));
  }

  function read<N extends 'evt' | 'state' | 'req'>(name: N, payload: Uint8Array): Message<N> {
    const decoded = decode(name, payload);
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.value;
  }

  function take({ first, evs }: Message<'evt'>): void {
    const gap = first > texts.length + 1;
    for (const text of gap ? [] : evs.slice(texts.length + 1 - first)) {
      head = entryHash(head, text);
      texts.push(text);
      follow(JSON.parse(text) as Entry);
    }
    acknowledge(gap);
  }

  function acknowledge(gap: boolean): void {
    const { term } = central;
    say('ack', encode('ack', { v: 1, term, epoch, seq: texts.length, hash: hashText(head), gap }));
  }

  function follow(entry: Entry): void {
    if (entry.type !== 'lease.voided') return;
    voided.add(entry.data.reqId);
    const grant = grants.get(entry.data.reqId);
    if (grant) grant.live = false;
  }

  async function answer({ reqId, offline, replyKey }: Message<'req'>): Promise<void> {
    const person = people.find(({ rightId }) => rightId === offline?.rightId);
    const known = grants.get(reqId);
    const rep: Omit<Message<'rep'>, 'v' | 'reqId'> = known?.live && !voided.has(reqId)
      ? { ok: true, lease: known.jws, sealed: known.sealed }
      : known || voided.has(reqId) || !person || central.leased().includes(person.rightId)
        ? { ok: false, code: 'right/not-usable' }
        : await grant(reqId, person, replyKey as PublicKey);
    if (!central.losesAnswers) say('rep', encode('rep', { v: 1, reqId, ...rep }));
  }

  async function grant(reqId: string, person: Person, replyKey: PublicKey) {
    serial += 1;
    const leaseId = `lease-${serial}`;
    const sealed = await sealer.seal(JSON.stringify(recordOf(person)), replyKey);
    const claims: LeaseClaims = {
      ...{ v: 1, rightId: person.rightId, leaseId, kiosk: place.kiosk, epoch, reqId, mode: 'offline' },
      ...{ class: 'FIRST', policy: '2026-11', rule: 'kec-first-1', nonce: `nonce-${serial}` },
      ...{ grantedMs: clock.wallMs(), expiresMs: clock.wallMs() + central.leaseMs },
      sealedSha256: hashText(sha256(sealed)),
    };
    const jws = await sealer.sign(claims, keys.privateKey);
    grants.set(reqId, { claims, jws, sealed, live: !voided.has(reqId) });
    return { ok: true, lease: jws, sealed };
  }

  return central;
}

export type TestCentral = ReturnType<typeof testCentral>;

function isOf<T extends EntryType>(entry: Entry, type: T): entry is Extract<Entry, { type: T }> {
  return entry.type === type;
}

function recordOf({ rightId, code, nik, pin, name }: Person): SealedRecord {
  const key = sha256(`key of ${rightId}`);
  const text = Buffer.from(key).toString('base64url');
  return {
    ...{ v: 1, rightId, class: 'FIRST', firstCard: true, fingers: [] },
    identify: {
      code: keyedHash(key, 'code', code),
      nik: keyedHash(key, 'nik', nik),
      pinVerifier: `hmac$${text}$${keyedHash(key, 'pin', pin)}`,
    },
    card: {
      ...{ province: 'SUMATERA SELATAN', city: 'KOTA PALEMBANG', nik, name, birthPlace: 'PALEMBANG' },
      ...{ birthDate: '01-02-2000', sex: 'PEREMPUAN', bloodGroup: 'O', address: 'JL. A. YANI 1', rtRw: '001/002' },
      ...{ kelurahan: '7 ULU', kecamatan: 'SEBERANG ULU I', religion: 'ISLAM', maritalStatus: 'BELUM KAWIN' },
      ...{ occupation: 'PELAJAR', nationality: 'WNI', validUntil: 'SEUMUR HIDUP', issuePlace: 'PALEMBANG' },
      ...{ issueDate: '20-11-2026', portrait: 'AAAA', signature: null },
    },
  };
}
