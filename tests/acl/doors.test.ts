import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxMessageBytes } from '#contract/uplink/messages.ts';
import { mosquittoPath, openAedes, openMosquitto, type RunningBroker } from './brokers.ts';
import { visit } from './visitor.ts';

const hasMosquitto = existsSync(mosquittoPath);
if (!hasMosquitto) process.stderr.write(`skipped: no ${mosquittoPath}, so its doors are not tried\n`);

const brokers = [
  { name: 'our embedded broker', open: openAedes, here: true },
  { name: 'Mosquitto with the generated acl_file', open: openMosquitto, here: hasMosquitto },
];

describe.each(brokers.filter(({ here }) => here))('at $name', ({ open }) => {
  let broker: RunningBroker;
  beforeAll(async () => {
    broker = await open();
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  const notIn = /not authorized|Bad User Name|Connection refused/i;
  test.each([
    ['a wrong password', { password: 'guessed' }],
    ['the password of another kiosk', { password: 'second kiosk of this test' }],
    ['a name that nobody has', { username: 'KIOSK-9', clientId: 'KIOSK-9' }],
    ['no name at all', { username: '', password: '', clientId: '' }],
  ])('%s opens nothing', async (_, credentials) => {
    await expect(visit(broker.port, 'KIOSK-1', credentials)).rejects.toThrow(notIn);
  });

  test('a kiosk under another client id never takes the other’s place', async () => {
    await using victim = await visit(broker.port, 'KIOSK-2');
    const thief = await visit(broker.port, 'KIOSK-1', { clientId: 'KIOSK-2' }).catch(() => null);
    await using central = await visit(broker.port, 'central');
    await victim.asksFor(['k/1/plg/KIOSK-2/cmd']);
    await thief?.asksFor(['k/1/plg/KIOSK-2/cmd']);
    await central.says('k/1/plg/KIOSK-2/cmd', 'for the second');
    await victim.hears('for the second');
    expect(thief?.heard ?? []).toEqual([]);
    await thief?.[Symbol.asyncDispose]();
  });

  test('the second client with the same id takes over, and the first is put out', async () => {
    await using first = await visit(broker.port, 'KIOSK-1');
    await using second = await visit(broker.port, 'KIOSK-1');
    await first.closed;
    await using central = await visit(broker.port, 'central');
    await second.asksFor(['k/1/plg/KIOSK-1/cmd']);
    await central.says('k/1/plg/KIOSK-1/cmd', 'to whoever came last');
    await second.hears('to whoever came last');
    expect(first.heard).toEqual([]);
  });

  test('a message that is too long reaches nobody, and one at the limit does', async () => {
    await using central = await visit(broker.port, 'central');
    await central.asksFor(['k/1/+/+/evt']);
    await using kiosk = await visit(broker.port, 'KIOSK-1');
    await kiosk.says('k/1/plg/KIOSK-1/evt', Buffer.alloc(maxMessageBytes, 'x'));
    await central.hears('x'.repeat(maxMessageBytes));
    void kiosk.says('k/1/plg/KIOSK-1/evt', Buffer.alloc(maxMessageBytes + 1, 'y'));
    await using other = await visit(broker.port, 'KIOSK-2');
    if (open === openAedes) await kiosk.closed;
    else await kiosk.says('k/1/plg/KIOSK-1/evt', 'after it'); // Mosquitto drops the message and keeps the link
    await other.says('k/1/plg/KIOSK-2/evt', 'quiet');
    await central.hears('quiet');
    expect(central.heard.some(({ payload }) => payload.startsWith('y'))).toBe(false);
  });
});

describe('our embedded broker', () => {
  test.each([
    ['before it has said who it is', Buffer.of(0x10, 0xff, 0xff, 0xff, 0x7f)],
    ['with a length that never ends', Buffer.of(0x10, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['with bytes that are no MQTT', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('puts out a stranger that announces a huge packet %s', async (_, bytes) => {
    await using broker = await openAedes();
    const stranger = connect(broker.port, '127.0.0.1');
    stranger.on('error', () => undefined);
    stranger.write(bytes);
    await once(stranger, 'close');
    await using kiosk = await visit(broker.port, 'KIOSK-1'); // the door still opens for others
    expect(kiosk.client.connected).toBe(true);
  });

  test('says so in one line where its port is taken', async () => {
    await using broker = await openAedes();
    const { openBroker } = await import('#central/broker/broker.ts');
    const second = openBroker({ host: '127.0.0.1', port: broker.port, authenticate: () => null });
    await expect(second).rejects.toMatchObject({ code: 'kiosk/port-taken' });
  });

  test('can end the link of a kiosk whose password was taken back', async () => {
    const { openBroker } = await import('#central/broker/broker.ts');
    const authenticate = () => ({ side: 'kiosk' as const, kiosk: 'KIOSK-1' });
    await using broker = await openBroker({ host: '127.0.0.1', port: 0, authenticate });
    await using kiosk = await visit(broker.port, 'KIOSK-1');
    broker.disconnect('KIOSK-1');
    await kiosk.closed;
  });
});
