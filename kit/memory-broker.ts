import { AsyncQueue } from './async.ts';
import type { Carrier, CarrierEvent } from './carrier.ts';
import { fraction, type Random } from './random.ts';
import { topicMatches } from './topic-filter.ts';

/** How badly the wire behaves; each a probability per delivered message. */
export interface WireFaults {
  lose: number;
  repeat: number;
  /** Delivered after the next message instead of before it. */
  swap: number;
}

export interface MemoryBroker {
  /** `may` is the access list: what a client may publish and read. */
  connect(clientId: string, will?: { topic: string; payload: string; retain: boolean }): Carrier;
  /** Cuts one client's link (its will is sent) or mends it again. */
  cut(clientId: string): void;
  mend(clientId: string): void;
  faults: WireFaults;
}

export interface MemoryBrokerOptions {
  random: Random;
  faults?: Partial<WireFaults>;
  may?: (clientId: string, action: 'publish' | 'read', topic: string) => boolean;
}

interface Client {
  id: string;
  up: boolean;
  filters: Set<string>;
  events: AsyncQueue<CarrierEvent>;
  will?: { topic: string; payload: string; retain: boolean };
}

const utf8 = new TextEncoder();

/** A broker without persistence and without mercy, in memory: the lossy carrier that the delivery contract must survive. */
export function memoryBroker({ random, faults, may = () => true }: MemoryBrokerOptions): MemoryBroker {
  const clients = new Map<string, Client>();
  const retained = new Map<string, Uint8Array>();
  const held: { client: Client; event: CarrierEvent }[] = [];
  const broker: MemoryBroker = {
    faults: { lose: 0, repeat: 0, swap: 0, ...faults },
    connect(id, will) {
      const client: Client = { id, up: true, filters: new Set(), events: new AsyncQueue(), ...(will && { will }) };
      clients.set(id, client);
      client.events.push({ type: 'connected' });
      return carrierOf(client);
    },
    cut(id) {
      const client = clients.get(id);
      if (!client?.up) return;
      client.up = false;
      client.events.push({ type: 'disconnected' });
      if (client.will) route(client, client.will.topic, utf8.encode(client.will.payload), client.will.retain);
    },
    mend(id) {
      const client = clients.get(id);
      if (!client || client.up) return;
      client.up = true;
      client.events.push({ type: 'connected' });
      replayRetained(client);
    },
  };

  function carrierOf(client: Client): Carrier {
    return {
      get connected() {
        return client.up;
      },
      incoming: client.events,
      publish(topic, payload, { retain = false }) {
        if (!client.up) return false;
        route(client, topic, typeof payload === 'string' ? utf8.encode(payload) : payload, retain);
        return true;
      },
      subscribe(filters) {
        for (const filter of filters) client.filters.add(filter);
        if (client.up) replayRetained(client);
      },
      async [Symbol.asyncDispose]() {
        client.up = false;
        clients.delete(client.id);
        client.events.end();
      },
    };
  }

  function route(from: Client, topic: string, payload: Uint8Array, retain: boolean): void {
    if (!may(from.id, 'publish', topic)) return;
    if (retain) retained.set(topic, payload);
    for (const client of clients.values())
      if (client.up && reads(client, topic)) deliver(client, { type: 'message', topic, payload });
  }

  function reads(client: Client, topic: string): boolean {
    return may(client.id, 'read', topic) && [...client.filters].some((filter) => topicMatches(filter, topic));
  }

  function replayRetained(client: Client): void {
    for (const [topic, payload] of retained)
      if (reads(client, topic)) client.events.push({ type: 'message', topic, payload });
  }

  function deliver(client: Client, event: CarrierEvent): void {
    const { lose, repeat, swap } = broker.faults;
    const happens = (probability: number) => probability > 0 && fraction(random) < probability;
    if (happens(lose)) return;
    if (happens(swap)) {
      held.push({ client, event });
      return;
    }
    client.events.push(event);
    if (happens(repeat)) client.events.push(event);
    for (const late of held.splice(0)) late.client.events.push(late.event);
  }

  return broker;
}
