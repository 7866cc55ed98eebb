import { connect, type MqttClient } from 'mqtt';
import { demoKiosk } from '#tools/place/place.ts';

/** The end of a topic below the demo kiosk's own, and what is said there. */
export type Words = readonly (readonly [topic: string, payload: string | Uint8Array])[];

/** Speaks with somebody's name and password, straight to the broker and past every check of ours. */
export async function sayAs(who: { id: string; password: string; url: string }, words: Words): Promise<void> {
  for (const [topic, payload] of words) await sayUntilHeard(who, `k/1/plg/${demoKiosk}/${topic}`, Buffer.from(payload));
}

/** Whoever has the name by right comes back meanwhile and ends our connection; the broker ends it for a word it refuses. */
const tries = 3;

async function sayUntilHeard(who: Parameters<typeof sayAs>[0], topic: string, payload: Buffer): Promise<void> {
  for (let left = tries; left > 0; left -= 1) if (await isHeard(who, topic, payload)) return;
}

/** A connection for each word. True once the broker has handed it on and says so, false when it ends the connection. */
async function isHeard(
  { id, password, url }: Parameters<typeof sayAs>[0],
  topic: string,
  payload: Buffer,
): Promise<boolean> {
  const client = connect(url, { clientId: id, username: id, password, reconnectPeriod: 0, connectTimeout: 5_000 });
  client.on('error', () => undefined); // a refused or lost connection closes
  try {
    return await Promise.race([isAcknowledged(client, topic, payload), isClosed(client)]);
  } finally {
    await client.endAsync(true).catch(() => undefined);
  }
}

const isAcknowledged = (client: MqttClient, topic: string, payload: Buffer): Promise<true> =>
  new Promise((resolve) => client.publish(topic, payload, { qos: 1 }, (error) => error || resolve(true)));

const isClosed = (client: MqttClient): Promise<false> =>
  new Promise((resolve) => client.once('close', () => resolve(false)));
