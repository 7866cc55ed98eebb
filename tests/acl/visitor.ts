import type { Socket } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { type Person, passwords } from './cells.ts';

export interface Heard {
  topic: string;
  payload: string;
}

/** One connected client that writes down everything it hears. */
export interface Visitor extends AsyncDisposable {
  heard: Heard[];
  client: MqttClient;
  /** Resolves once the link is closed, by whomever. */
  closed: Promise<void>;
  /** Resolves with true when the broker took the message, with false when it closed the link instead. */
  says(topic: string, payload: string | Buffer, retain?: boolean): Promise<boolean>;
  /** Resolves with the filters that were granted. */
  asksFor(filters: readonly string[]): Promise<string[]>;
  hears(payload: string): Promise<void>;
}

/** Rejects where the broker does not let this client in. */
export async function visit(port: number, who: Person, more: Partial<IClientOptions> = {}): Promise<Visitor> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId: who,
    username: who,
    password: passwords[who],
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 5_000,
    ...more,
  });
  (client.stream as Socket).setNoDelay(true); // 40 ms per message otherwise
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  client.on('error', () => undefined);
  client.on('message', (topic, payload) => {
    heard.push({ topic, payload: payload.toString('utf8') });
    for (const look of [...waiting]) look();
  });
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  return {
    heard,
    client,
    closed,
    says: (topic, payload, retain = false) =>
      Promise.race([
        closed.then(() => false),
        new Promise<boolean>((resolve) => client.publish(topic, payload, { qos: 1, retain }, (e) => resolve(!e))),
      ]),
    async asksFor(filters) {
      const answers = await Promise.all(filters.map((filter) => isGranted(client, filter)));
      return filters.filter((_, index) => answers[index]);
    },
    hears: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!heard.some(({ payload }) => payload === wanted)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      await client.endAsync(true).catch(() => undefined);
    },
  };
}

/** 128 in a SUBACK is a refusal (MQTT 3.1.1, section 3.9.3); the link stays. */
function isGranted(client: MqttClient, filter: string): Promise<boolean> {
  return new Promise((resolve) => {
    client.subscribe(filter, { qos: 1 }, (error, granted) => {
      resolve(!error && granted !== undefined && granted.length > 0 && granted.every(({ qos }) => qos < 128));
    });
  });
}
