import { systemClock } from '#kit/clock.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import { demoKiosk } from '#tools/place/place.ts';

/** The end of a topic below the demo kiosk's own, and what is said there. */
export type Words = readonly (readonly [topic: string, payload: string | Uint8Array])[];

/** Speaks with somebody's name and password, straight to the broker and past every check of ours. */
export async function sayAs(who: { id: string; password: string; url: string }, words: Words): Promise<void> {
  for (const [topic, payload] of words) await sayOne(who, topic, payload);
}

/** A connection for each word: the broker ends it when it is too big. */
async function sayOne(
  { id, password, url }: { id: string; password: string; url: string },
  topic: string,
  payload: string | Uint8Array,
): Promise<void> {
  await using carrier = openMqttCarrier({ url, clientId: id, username: id, password, reconnectMs: 60_000 });
  const echo = `k/1/plg/${demoKiosk}/${topic}`;
  for await (const event of carrier.incoming) {
    if (event.type === 'connected') carrier.publish(echo, payload, { qos: 1 });
    if (event.type !== 'connected') return;
    await settled();
    return;
  }
}

/** Some turns of the event loop: the broker lives in this process. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await systemClock.sleep(1);
}
