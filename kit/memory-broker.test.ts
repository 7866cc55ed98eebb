import { describe, expect, test } from 'vitest';
import type { Carrier } from './carrier.ts';
import { memoryBroker } from './memory-broker.ts';
import { seededRandom } from './random.ts';
import { topicMatches } from './topic-filter.ts';

const text = new TextDecoder();

/** What a carrier has been told so far, in words. */
function listens(carrier: Carrier) {
  const heard: string[] = [];
  void (async () => {
    for await (const event of carrier.incoming)
      heard.push(event.type === 'message' ? `${event.topic}: ${text.decode(event.payload)}` : event.type);
    heard.push('the end');
  })();
  return heard;
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const says = (carrier: Carrier, topic: string, what: string, retain = false) =>
  carrier.publish(topic, what, { qos: 1, retain });

function wire(faults = {}, may?: (id: string, action: 'publish' | 'read', topic: string) => boolean) {
  const broker = memoryBroker({ random: seededRandom('wire'), faults, ...(may && { may }) });
  const [kiosk, central] = [
    broker.connect('kiosk', { topic: 'k/will', payload: 'gone', retain: true }),
    broker.connect('central'),
  ];
  central.subscribe(['k/#']);
  return { broker, kiosk, central, heard: listens(central) };
}
const numbers = (heard: string[]) => heard.flatMap((line) => (line.startsWith('k/n: ') ? [Number(line.slice(5))] : []));

describe('a good wire', () => {
  test('brings each message once, in order, to whoever asked for it', async () => {
    const { kiosk, heard } = wire();
    for (let n = 0; n < 20; n += 1) says(kiosk, 'k/n', String(n));
    says(kiosk, 'elsewhere', 'x');
    await settled();
    expect(heard).toEqual(['connected', ...Array.from({ length: 20 }, (_, n) => `k/n: ${n}`)]);
  });

  test('a cut link takes nothing and queues nothing; its will is said, and what was retained is told again', async () => {
    const { broker, kiosk, central, heard } = wire();
    says(kiosk, 'k/state', 'here', true);
    broker.cut('kiosk');
    broker.cut('kiosk');
    expect([kiosk.connected, says(kiosk, 'k/n', '1')]).toEqual([false, false]);
    broker.cut('central');
    broker.mend('central');
    broker.mend('kiosk');
    expect([kiosk.connected, says(kiosk, 'k/n', '2')]).toEqual([true, true]);
    await settled();
    expect(heard).toEqual([
      'connected',
      'k/state: here',
      'k/will: gone',
      'disconnected',
      'connected',
      'k/state: here',
      'k/will: gone',
      'k/n: 2',
    ]);
    await central[Symbol.asyncDispose]();
    await settled();
    expect(heard.at(-1)).toBe('the end');
  });

  test('its access list is asked for every message and every reader', async () => {
    const { kiosk, heard } = wire(
      {},
      (id, action, topic) => action === 'read' || (id === 'kiosk' && topic === 'k/own'),
    );
    expect(says(kiosk, 'k/own', 'mine')).toBe(true);
    says(kiosk, 'k/other', 'not mine');
    await settled();
    expect(heard).toEqual(['connected', 'k/own: mine']);
  });
});

describe('a bad wire', () => {
  const sent = Array.from({ length: 400 }, (_, n) => n);
  const through = async (faults: object) => {
    const { kiosk, heard } = wire(faults);
    for (const n of sent) says(kiosk, 'k/n', String(n));
    await settled();
    return numbers(heard);
  };

  test('loses some', async () => {
    const got = await through({ lose: 0.3 });
    expect(got.length).toBeLessThan(350);
    expect(got.length).toBeGreaterThan(200);
    expect(got).toEqual([...got].sort((a, b) => a - b));
  });

  test('repeats some', async () => {
    const got = await through({ repeat: 0.3 });
    expect(got.length).toBeGreaterThan(450);
    expect(new Set(got).size).toBe(400);
  });

  test('brings some late, and makes up none', async () => {
    const got = await through({ swap: 0.3 });
    expect(got).not.toEqual([...got].sort((a, b) => a - b));
    expect(new Set(got).size).toBe(got.length);
    for (const n of got) expect(sent).toContain(n);
  });

  test('is the same each time with the same seed', async () => {
    const faults = { lose: 0.2, repeat: 0.2, swap: 0.2 };
    expect(await through(faults)).toEqual(await through(faults));
  });
});

test.each([
  ['k/1/+/+/evt', 'k/1/plg/SU1-A/evt', true],
  ['k/1/+/+/evt', 'k/1/plg/SU1-A/evt/more', false],
  ['k/1/+/+/evt', 'k/1/plg/evt', false],
  ['k/#', 'k/1/plg', true],
  ['k/#', 'k', true],
  ['k/+', 'k/', true],
  ['k/+', 'k', false],
  ['k', 'k/1', false],
])('the filter %s covers %s: %s', (filter, topic, covers) => {
  expect(topicMatches(filter, topic)).toBe(covers);
});
