import { openBroker } from '#central/broker/broker.ts';
import { filtersOf, parseTopic, topicOf } from '#contract/uplink/topics.ts';
import { sayReady, untilStopped } from '#kit/lifetime.ts';
import { openMqttCarrier } from '#kit/mqtt-carrier.ts';

// The wire alone, as a process of its own: a broker, and somebody who answers every batch at once and stores nothing.
const signal = untilStopped();
await using broker = await openBroker({
  host: '127.0.0.1',
  port: 0,
  authenticate: (name) => (name === 'central' ? { side: 'central' } : { side: 'kiosk', kiosk: name }),
});
const url = `mqtt://127.0.0.1:${broker.port}`;
await using carrier = openMqttCarrier({ url, clientId: 'central', username: 'central', password: 'x' });
sayReady({ url });
signal.addEventListener('abort', () => void carrier[Symbol.asyncDispose](), { once: true });
for await (const event of carrier.incoming) {
  if (event.type === 'connected') carrier.subscribe(filtersOf('central'));
  if (event.type !== 'message') continue;
  const parsed = parseTopic(event.topic);
  if (parsed?.name === 'evt') carrier.publish(topicOf('ack', parsed.place), 'taken', { qos: 1 });
}
