import { expect, test } from 'vitest';
import { manualClock } from '#kit/manual-clock.ts';
import { type Transfer, type TransferDone, Transfers } from './usb-transfers.ts';

const never = new AbortController().signal;
const NO_DEVICE = 5; // LIBUSB_TRANSFER_NO_DEVICE
const CANCELLED = 3;
const STALL = 4;

const fault = (errno: number) => Object.assign(new Error(`errno ${errno}`), { errno });

/** A bus that does what the test says, one transfer after the other. `deaf`: a cancelled transfer never comes back. */
function openBus({ deaf = false } = {}) {
  const clock = manualClock();
  const sent: { bytes: number; done: TransferDone; buffer: Buffer; cancelled: boolean }[] = [];
  let refuses: Error | undefined;
  const transfers = new Transfers((_endpoint, _kind, done): Transfer => {
    const mine = { bytes: 0, done, buffer: Buffer.alloc(0), cancelled: false };
    return {
      submit(buffer) {
        if (refuses) throw refuses;
        sent.push(Object.assign(mine, { buffer, bytes: buffer.length }));
      },
      cancel() {
        const first = !mine.cancelled;
        mine.cancelled = true;
        if (first && !deaf) mine.done(fault(CANCELLED), mine.buffer, 0);
        return first;
      },
    };
  }, clock);
  const read = (wait: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    transfers.run(0x81, 'interrupt', Buffer.alloc(4), { signal: never, ...wait });
  return {
    clock,
    sent,
    transfers,
    read,
    refuse: (error: Error) => {
      refuses = error;
    },
    answer(n: number, bytes: readonly number[], error?: Error) {
      sent[n]!.buffer.set(bytes);
      sent[n]!.done(error, sent[n]!.buffer, bytes.length);
    },
  };
}

test('a transfer gives the bytes that came, not the room that was made for them', async () => {
  const bus = openBus();
  const reading = bus.read({ timeoutMs: 100 });
  bus.answer(0, [1, 2]);
  expect([...(await reading)]).toEqual([1, 2]);
  expect(bus.clock.sleepers).toBe(0);
});

test('our own clock ends a wait on an idle bus, and the transfer is taken back', async () => {
  const bus = openBus();
  const reading = bus.read({ timeoutMs: 100 });
  const refused = expect(reading).rejects.toMatchObject({ name: 'DeadlineError' });
  await bus.clock.advance(99);
  expect(bus.sent[0]?.cancelled).toBe(false);
  await bus.clock.advance(1);
  await refused;
  expect(bus.sent[0]?.cancelled).toBe(true);
});

test('bytes that come while the transfer is taken back are not lost', async () => {
  const bus = openBus({ deaf: true });
  const reading = bus.read({ timeoutMs: 100 });
  await bus.clock.advance(100);
  bus.answer(0, [7]);
  expect([...(await reading)]).toEqual([7]);
});

test('a kernel that never gives a transfer back holds nobody up for long', async () => {
  const bus = openBus({ deaf: true });
  const refused = expect(bus.read({ timeoutMs: 100 })).rejects.toMatchObject({ name: 'DeadlineError' });
  await bus.clock.advance(1_000);
  await refused;
  const closing = bus.transfers.close();
  await bus.clock.advance(1_000);
  await closing;
});

test('a wait without a time lasts until its signal, and rejects with its reason', async () => {
  const bus = openBus();
  const stop = new AbortController();
  const refused = expect(bus.read({ signal: stop.signal })).rejects.toThrow('enough');
  await bus.clock.advance(3_600_000);
  stop.abort(new Error('enough'));
  await refused;
  expect(bus.sent[0]?.cancelled).toBe(true);
});

test('what is aborted before it begins is not sent', async () => {
  const bus = openBus();
  await expect(bus.read({ signal: AbortSignal.abort(new Error('no more')) })).rejects.toThrow('no more');
  expect(bus.sent).toHaveLength(0);
});

test('a device that refuses is a fault of that transfer only', async () => {
  const bus = openBus();
  const first = bus.read();
  const second = bus.read();
  bus.answer(0, [], fault(STALL));
  await expect(first).rejects.toMatchObject({ code: 'device/protocol' });
  bus.answer(1, [3]);
  expect([...(await second)]).toEqual([3]);
});

test('an unplugged device ends everything that waits, says so once, and takes nothing more', async () => {
  const bus = openBus();
  const waiting = [bus.read(), bus.read({ timeoutMs: 100 })];
  bus.answer(0, [], fault(NO_DEVICE));
  for (const one of waiting) await expect(one).rejects.toMatchObject({ code: 'link/lost' });
  expect(await bus.transfers.closed).toEqual({ reason: 'closed-there' });
  await expect(bus.read()).rejects.toMatchObject({ code: 'link/lost' });
  expect(bus.sent).toHaveLength(2);
  expect(bus.clock.sleepers).toBe(0);
});

test('an unplugged device ends what waits also where the kernel gives nothing back', async () => {
  const bus = openBus({ deaf: true });
  const waiting = bus.read();
  const last = bus.read();
  bus.answer(1, [], fault(NO_DEVICE));
  await expect(waiting).rejects.toMatchObject({ code: 'link/lost' });
  await expect(last).rejects.toMatchObject({ code: 'link/lost' });
});

test('a device that is found gone when something is sent is gone for all', async () => {
  const bus = openBus();
  const waiting = expect(bus.read()).rejects.toMatchObject({ code: 'link/lost' });
  bus.refuse(fault(-4)); // LIBUSB_ERROR_NO_DEVICE
  await expect(bus.read()).rejects.toMatchObject({ code: 'link/lost' });
  await waiting;
});

test('closed here takes back what is under way, and nothing else', async () => {
  const bus = openBus();
  const done = bus.read();
  bus.answer(0, [1]);
  await done;
  const waiting = expect(bus.read()).rejects.toMatchObject({ code: 'link/lost' });
  await bus.transfers.close();
  await waiting;
  expect(bus.sent.map(({ cancelled }) => cancelled)).toEqual([false, true]);
  expect(await bus.transfers.closed).toEqual({ reason: 'closed-here' });
});
