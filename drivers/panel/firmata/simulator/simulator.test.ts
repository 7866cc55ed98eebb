import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { PanelWiring, PinMap } from './panel-wiring.ts';
import { type FirmataOptions, simulateFirmata } from './simulator.ts';

const pins: PinMap = {
  lamps: { slot: 4, call: 5, ready: 6, trouble: 7 },
  beeper: 8,
  shutterMotor: 9,
  sensors: { cardAtExit: 10, shutterClosed: 11, doorClosed: 12, mainsPresent: 13 },
};
const version = [0xf9, 2, 8];
const INPUT = 0;
const OUTPUT = 1;
const PULL_UP = 0x0b;
const mode = (pin: number, value: number) => [0xf4, pin, value];
const writePort = (port: number, bits: number) => [0x90 | port, bits & 0x7f, bits >> 7];
const reportPort = (port: number, on: number) => [0xd0 | port, on];
/** Pins 10 and 11 with pull-ups, and reports of their port on. */
const watchSlot = [...mode(10, PULL_UP), ...mode(11, PULL_UP), ...reportPort(1, 1)];

class Wires implements PanelWiring {
  cardAtExit = false;
  shutterClosed = true;
  doorClosed = true;
  mainsPresent = true;
  seen: string[] = [];
  #listener = () => {};
  lamp(which: string, on: boolean) {
    this.seen.push(`${which} ${on ? 'on' : 'off'}`);
  }
  beep(on: boolean) {
    this.seen.push(on ? 'beep' : 'quiet');
  }
  shutter(open: boolean) {
    this.seen.push(open ? 'pulls open' : 'falls shut');
  }
  onChange(listener: () => void) {
    this.#listener = listener;
  }
  set(change: Partial<Pick<Wires, 'cardAtExit' | 'shutterClosed' | 'doorClosed' | 'mainsPresent'>>) {
    Object.assign(this, change);
    this.#listener();
  }
  since() {
    return this.seen.splice(0);
  }
}

function bench(options: Partial<FirmataOptions> = {}) {
  const wires = new Wires();
  const clock = manualClock();
  const board = simulateFirmata({
    ...{ wiring: wires, pins, clock, random: seededRandom('bench'), pacing: { bootMs: 0 }, ...options },
  });
  let heard: number[] = [];
  let host: ByteLink;
  const plugIn = async () => {
    const { near, far } = memoryLinkPair();
    host = near;
    void board.serve(far);
    void (async () => {
      for await (const piece of near.incoming) heard.push(...piece);
    })();
    await clock.advance(0);
    return near;
  };
  /** Sends and returns all that the board has said since the last time. */
  const send = async (...messages: number[][]) => {
    await host.write(Uint8Array.from(messages.flat()));
    await clock.advance(0);
    const all = heard;
    heard = [];
    return all;
  };
  return { wires, clock, board, plugIn, send };
}

async function ready(options: Partial<FirmataOptions> = {}) {
  const it = bench(options);
  const link = await it.plugIn();
  await it.send();
  return { ...it, link };
}

describe('introductions', () => {
  test('opening the port resets the board: it hears nothing for a while, then announces itself', async () => {
    const { clock, plugIn, send } = bench({ pacing: { bootMs: 1500 } });
    await plugIn();
    expect(await send([0xf9])).toEqual([]);
    await clock.advance(1499);
    expect(await send([0xf9])).toEqual([]);
    await clock.advance(1);
    const name = [...'AnjunganPanel.ino'].flatMap((letter) => [letter.charCodeAt(0), 0]);
    expect(await send()).toEqual([...version, 0xf0, 0x79, 2, 8, ...name, 0xf7]);
    expect(await send([0xf9])).toEqual(version);
  });

  test('tells its pins: 20, the first two without a mode, six of them analog', async () => {
    const { send } = await ready();
    const capabilities = await send([0xf0, 0x6b, 0xf7]);
    expect(capabilities.filter((byte) => byte === 0x7f)).toHaveLength(20);
    expect(capabilities.slice(0, 12)).toEqual([0xf0, 0x6c, 0x7f, 0x7f, 0, 1, 1, 1, 0x0b, 1, 4, 14]);
    expect(await send([0xf0, 0x69, 0xf7])).toEqual([0xf0, 0x6a, ...Array(14).fill(0x7f), 0, 1, 2, 3, 4, 5, 0xf7]);
  });

  test('the host library that johnny-five stands on gets to know it', async () => {
    const { board } = bench();
    const { near: link, far } = memoryLinkPair();
    const transport = Object.assign(new EventEmitter(), {
      write: (bytes: Uint8Array, done?: () => void) => void link.write(Uint8Array.from(bytes)).then(done),
    });
    const { Firmata } = createRequire(import.meta.url)('firmata-io');
    const io = new Firmata(transport, { reportVersionTimeout: 5000 });
    const met = new Promise((resolve) => io.on('ready', resolve));
    void board.serve(far);
    transport.emit('open');
    void (async () => {
      for await (const piece of link.incoming) transport.emit('data', Buffer.from(piece));
    })();
    await met;
    expect(io.firmware.name).toBe('AnjunganPanel.ino');
    expect(io.pins).toHaveLength(20);
    expect(io.pins[9].supportedModes).toEqual([0, 1, 3, 4, 11]);
  });
});

describe('outputs', () => {
  test('a port is written whole, and only its output pins follow', async () => {
    const { wires, send } = await ready();
    await send(mode(4, OUTPUT), mode(5, OUTPUT), mode(6, INPUT), mode(7, PULL_UP), writePort(0, 0xff));
    expect(wires.since()).toEqual(['slot on', 'call on']);
    await send(writePort(0, 0x20));
    expect(wires.since()).toEqual(['slot off']);
  });

  test('one pin is written by F5, PWM lights a lamp, and a mode the pin lacks is refused', async () => {
    const { wires, send } = await ready();
    await send(
      mode(8, OUTPUT),
      [0xf5, 8, 1],
      [0xf5, 8, 0],
      mode(9, 3),
      [0xe9, 10, 0],
      mode(4, 2),
      [0xf0, 0x6f, 4, 9, 0xf7],
    );
    expect(wires.since()).toEqual(['beep', 'quiet', 'pulls open']);
    expect(await send([0xf0, 0x6d, 4, 0xf7])).toEqual([0xf0, 0x6e, 4, OUTPUT, 0, 0, 0xf7]);
  });

  test('FF, power and a new host let everything fall', async () => {
    const { wires, send, board, plugIn } = await ready();
    const open = [...mode(9, OUTPUT), 0xf5, 9, 1];
    await send(open, [0xff]);
    expect(wires.since()).toEqual(['pulls open', 'falls shut']);
    await send(open);
    await plugIn();
    expect(wires.since()).toEqual(['pulls open', 'falls shut']);
    await send(open);
    board.powerOff();
    expect(wires.since()).toEqual(['pulls open', 'falls shut']);
  });

  test('our firmware lets outputs fall 2 s after the last word of the host', async () => {
    const { wires, send, clock, link } = await ready();
    await send(mode(9, OUTPUT), [0xf5, 9, 1]);
    await clock.advance(1500);
    await send([0xf9]);
    await clock.advance(1999);
    expect(wires.since()).toEqual(['pulls open']);
    await link[Symbol.asyncDispose]();
    await clock.advance(1);
    expect(wires.since()).toEqual(['falls shut']);
    expect(clock.sleepers).toBe(0);
  });

  test('StandardFirmata has no such rule: outputs stay as they are when the host dies', async () => {
    const { wires, send, clock } = await ready({ outputsFallAfterMs: null });
    await send(mode(9, OUTPUT), [0xf5, 9, 1]);
    await clock.advance(60_000);
    expect(wires.since()).toEqual(['pulls open']);
  });
});

describe('sensors', () => {
  test('a level is said at once when reporting is switched on, again when it is switched on again, and when it changes', async () => {
    const { wires, send } = await ready();
    expect(await send(watchSlot)).toEqual([0x91, 0b1000, 0]);
    expect(await send(reportPort(1, 1))).toEqual([0x91, 0b1000, 0]);
    wires.set({ cardAtExit: true });
    expect(await send()).toEqual([0x91, 0b1100, 0]);
    wires.set({});
    expect(await send()).toEqual([]);
    await send(reportPort(1, 0));
    wires.set({ cardAtExit: false });
    expect(await send()).toEqual([]);
  });

  test('an open pin follows its pull-up, and an input that is written a 1 gets one', async () => {
    const { send } = await ready();
    expect(await send(mode(2, INPUT), reportPort(0, 1))).toEqual([0x90, 0, 0]);
    expect(await send([0xf5, 2, 1])).toEqual([0x90, 0b100, 0]);
  });

  test('analog channels are sampled while they are reported', async () => {
    const { send, clock } = await ready();
    await send([0xf0, 0x7a, 100, 0, 0xf7], [0xc2, 1]);
    await clock.advance(200);
    const heard = await send([0xc2, 0]);
    expect(heard.filter((byte) => byte === 0xe2)).toHaveLength(2);
    await clock.advance(1000);
    expect(await send()).toEqual([]);
    expect(clock.sleepers).toBe(0);
  });
});

describe('misbehaviour', () => {
  test('silent sensors: no level is said, all else is answered', async () => {
    const { wires, send, board } = await ready();
    board.misbehave('sensors-silent');
    expect(await send(watchSlot, [0xf9])).toEqual(version);
    wires.set({ cardAtExit: true });
    expect(await send()).toEqual([]);
    board.misbehave('none');
    expect((await send(reportPort(1, 1))).slice(-3)).toEqual([0x91, 0b1100, 0]);
  });

  test('stuck sensors: levels are said, but those of the moment it began', async () => {
    const { wires, send, board } = await ready();
    await send(watchSlot);
    board.misbehave('sensors-stuck');
    wires.set({ cardAtExit: true, shutterClosed: false });
    expect(await send(reportPort(1, 1))).toEqual([0x91, 0b1000, 0]);
    board.misbehave('none');
    expect(await send()).toEqual([0x91, 0b0100, 0]);
  });

  test('hung: nothing is answered, and outputs stay as they are for ever', async () => {
    const { wires, send, board, clock } = await ready();
    await send(mode(9, OUTPUT), [0xf5, 9, 1]);
    board.misbehave('hung');
    expect(await send([0xf9], [0xf5, 9, 0])).toEqual([]);
    await clock.advance(10_000);
    expect(wires.since()).toEqual(['pulls open']);
  });

  test('noise goes before each message, and the cable can be pulled', async () => {
    const { send, board, link } = await ready();
    board.misbehave('garbage');
    expect((await send([0xf9])).slice(5)).toEqual(version);
    board.misbehave('drop-link');
    expect(await link.closed).toEqual({ reason: 'closed-there' });
  });

  test('without power nobody is served', async () => {
    const { board, plugIn } = bench();
    board.powerOff();
    expect(await (await plugIn()).closed).toEqual({ reason: 'closed-there' });
    board.powerOn();
    expect(await plugIn()).toBeDefined();
  });
});

test('a saved board comes back with its outputs, and lets them fall when nobody speaks', async () => {
  const { send, board } = await ready();
  await send(mode(4, OUTPUT), [0xf5, 4, 1]);
  const { wires, clock } = bench({ from: JSON.parse(JSON.stringify(board.snapshot())) });
  expect(wires.since()).toEqual(['slot on']);
  await clock.advance(2000);
  expect(wires.since()).toEqual(['slot off']);
});
