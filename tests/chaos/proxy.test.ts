import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { AsyncQueue } from '#kit/async.ts';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { openScanner, publicationOf } from '#tools/chaos/mqtt-packets.ts';
import { badLine, openProxy } from '#tools/chaos/proxy.ts';

/** A PUBLISH at quality 0 to `t` that carries a number. */
const message = (number: number) => {
  const text = Buffer.from(String(number));
  return Buffer.concat([Buffer.of(0x30, 3 + text.length, 0, 1, 0x74), text]);
};

/** Takes whatever comes, and gives the numbers in the order of their arrival. */
async function openFarEnd() {
  const numbers = new AsyncQueue<number>();
  const server = createServer((socket) => {
    const scan = openScanner();
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      for (const packet of scan(piece as Buffer)) numbers.push(Number(publicationOf(packet).payload));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { port, numbers, [Symbol.dispose]: () => void server.close() };
}

test('on a bad line messages are doubled and overtake each other, and none is lost while the line holds', async () => {
  using farEnd = await openFarEnd();
  await using line = await openProxy({ clock: systemClock, random: seededRandom('bad'), targetPort: farEnd.port });
  line.badness = { ...badLine, longestDelayMs: 0 };
  const near = connect(line.port, '127.0.0.1');
  const sent = Array.from({ length: 200 }, (_, number) => number);
  near.write(Buffer.concat(sent.map(message)));
  const came: number[] = [];
  const { counts } = line;
  for await (const number of farEnd.numbers) {
    came.push(number);
    if (came.length === sent.length + counts.doubled + counts.repeated) break;
  }
  expect(new Set(came)).toEqual(new Set(sent));
  expect(counts.doubled).toBeGreaterThan(0);
  expect(counts.repeated).toBeGreaterThan(0);
  expect(came, 'some overtook others').not.toEqual([...came].sort((a, b) => a - b));
  near.destroy();
});

test('a cut ends the connection at both ends, and the next one goes through', async () => {
  using farEnd = await openFarEnd();
  await using line = await openProxy({ clock: systemClock, random: seededRandom('cut'), targetPort: farEnd.port });
  const say = async (number: number): Promise<Socket> => {
    const near = connect(line.port, '127.0.0.1');
    near.on('error', () => undefined);
    near.write(message(number));
    for await (const come of farEnd.numbers) if (come === number) break;
    return near;
  };
  const first = await say(1);
  const ended = once(first, 'close');
  expect(line.cut()).toBe(true);
  await ended;
  (await say(2)).destroy();
});
