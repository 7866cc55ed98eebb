import { filtersOf, type Place, topicOf } from '#contract/uplink/topics.ts';
import { windowBatches } from '#controller/uplink/sender.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';
import type { Ground } from './figure.ts';
import { startProgram } from './processes.ts';

const place: Place = { shard: 'plg', kiosk: 'SU1-A' };

/** The same batches in the same window over the same client and broker, answered at once: batches per second. */
export async function publishRate({ clock }: Ground, batches: readonly string[]): Promise<number> {
  await using wire = await startProgram('tools/bench/bare-wire.ts', []);
  const url = String(wire.ready.url);
  await using carrier = openMqttCarrier({ url, clientId: place.kiosk, username: place.kiosk, password: 'x' });
  const queue = batches.values();
  let taken = 0;
  let startMs = 0;
  const send = (): void => {
    const next = queue.next();
    if (!next.done) carrier.publish(topicOf('evt', place), next.value, { qos: 1 });
  };
  for await (const event of carrier.incoming) {
    if (event.type === 'connected') {
      carrier.subscribe(filtersOf('kiosk', place));
      await clock.sleep(200); // the answering side has subscribed by then
      startMs = clock.monotonicMs();
      for (let count = 0; count < windowBatches; count += 1) send();
    } else if (event.type === 'message') {
      taken += 1;
      if (taken === batches.length) break;
      send();
    }
  }
  return (batches.length / (clock.monotonicMs() - startMs)) * 1_000;
}
