import { expect, test } from 'vitest';
import { DeviceError } from '#drivers/kit/device-error.ts';
import { AsyncQueue } from '#kit/async.ts';
import { SwitchedTransport } from './transport.ts';

test('what a dead cable is told is lost, whether anybody asked to be told or not', async () => {
  const incoming = new AsyncQueue<Uint8Array>();
  const transport = new SwitchedTransport();
  const used = transport.use({
    incoming,
    closed: Promise.resolve({ reason: 'closed-there' }),
    write: () => Promise.reject(new DeviceError('link/lost', 'write EPIPE')),
    [Symbol.asyncDispose]: async () => undefined,
  });
  transport.write(Uint8Array.of(0xf9));
  await expect(transport.told()).resolves.toBeUndefined();
  let told = false;
  transport.write(Uint8Array.of(0xf9), () => {
    told = true;
  });
  await transport.told();
  expect(told).toBe(true);
  incoming.end();
  await used;
});
