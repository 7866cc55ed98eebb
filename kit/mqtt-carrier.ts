import { connect, type IClientOptions } from 'mqtt';
import { AsyncQueue } from './async.ts';
import type { Carrier, CarrierEvent } from './carrier.ts';

export interface MqttOptions {
  /** `mqtt://127.0.0.1:1883` */
  url: string;
  clientId: string;
  username: string;
  password: string;
  /** Published by the broker when this side dies without saying goodbye. */
  will?: { topic: string; payload: string; retain: boolean };
  /** Mean wait before connecting again; spread by ±50 % so that a mass disconnect does not come back as one wave. */
  reconnectMs?: number;
}

/** MQTT 3.1.1 over TCP. Only a carrier: nothing here is stored, and nothing is queued while offline. */
export function openMqttCarrier({ url, reconnectMs = 1_000, will, ...identity }: MqttOptions): Carrier {
  const options: IClientOptions = {
    ...identity,
    protocolVersion: 4,
    clean: true,
    queueQoSZero: false,
    resubscribe: false, // we subscribe ourselves on every connection
    reconnectPeriod: reconnectMs,
    connectTimeout: 5_000,
    keepalive: 20,
    ...(will && { will: { ...will, payload: Buffer.from(will.payload), qos: 1 as const } }),
  };
  const client = connect(url, options);
  const events = new AsyncQueue<CarrierEvent>();
  const filters = new Set<string>();
  let up = false;
  const ask = () => {
    if (filters.size > 0) client.subscribe([...filters], { qos: 1 }, () => undefined);
  };
  const down = () => {
    if (up) events.push({ type: 'disconnected' });
    up = false;
  };
  client.on('connect', () => {
    (client.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true); // 40 ms per hop otherwise
    up = true;
    ask();
    events.push({ type: 'connected' });
  });
  client.on('close', down);
  client.on('offline', down);
  client.on('error', () => undefined); // a refused or lost connection shows as not connected; without a listener it would kill us
  client.on('message', (topic, payload) => events.push({ type: 'message', topic, payload: new Uint8Array(payload) }));
  return {
    get connected() {
      return up;
    },
    incoming: events,
    publish(topic, payload, { qos, retain = false }) {
      if (!up) return false;
      client.publish(
        topic,
        typeof payload === 'string' ? payload : Buffer.from(payload),
        { qos, retain },
        () => undefined,
      );
      return true;
    },
    subscribe(more) {
      for (const filter of more) filters.add(filter);
      if (up) ask();
    },
    async [Symbol.asyncDispose]() {
      events.end();
      await client.endAsync(true).catch(() => undefined);
    },
  };
}
