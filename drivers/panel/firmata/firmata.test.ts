import type { EventEmitter } from 'node:events';
import five from 'johnny-five';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { AsyncQueue } from '#kit/async.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { Lamp, PanelSensors, PanelStatus } from '../panel.ts';
import { firmataPanels, type PinMap } from './open.ts';
import type { PanelWiring } from './simulator/panel-wiring.ts';
import { simulateFirmata } from './simulator/simulator.ts';

const pins: PinMap = {
  lamps: { slot: 2, call: 3, ready: 4, trouble: 5 },
  beeper: 6,
  shutterMotor: 7,
  sensors: { cardAtExit: 8, shutterClosed: 9, doorClosed: 10, mainsPresent: 11 },
};

/** A cabinet front as it is after the night: nothing lit, door and shutter closed, no card. */
function cabinetFront() {
  const listeners: (() => void)[] = [];
  const seen = { lit: new Set<Lamp>(), beeping: false, beeps: 0, shutterJammed: false, shutterMoves: 0 };
  const levels = { cardAtExit: false, shutterClosed: true, doorClosed: true, mainsPresent: true };
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const wiring: PanelWiring = {
    get cardAtExit() {
      return levels.cardAtExit;
    },
    get shutterClosed() {
      return levels.shutterClosed;
    },
    get doorClosed() {
      return levels.doorClosed;
    },
    get mainsPresent() {
      return levels.mainsPresent;
    },
    lamp: (which, on) => (on ? seen.lit.add(which) : seen.lit.delete(which)),
    beep: (on) => {
      seen.beeping = on;
      if (on) seen.beeps += 1;
    },
    shutter(open) {
      seen.shutterMoves += 1;
      if (seen.shutterJammed) return;
      levels.shutterClosed = !open;
      changed();
    },
    onChange: (listener) => listeners.push(listener),
  };
  const set = (now: Partial<typeof levels>) => {
    Object.assign(levels, now);
    changed();
  };
  return { wiring, seen, set };
}

async function openPlace({ bootMs = 0 } = {}) {
  const clock = manualClock();
  const front = cabinetFront();
  const random = seededRandom('panel');
  const board = simulateFirmata({ wiring: front.wiring, pins, clock, random, pacing: { bootMs } });
  const panels = firmataPanels({ clock, pins, options: { shutterWithinMs: 3_000 } });
  onTestFinished(() => panels[Symbol.asyncDispose]());
  const plugIn = (cable: (link: ByteLink) => ByteLink = (link) => link) => {
    const { near, far } = memoryLinkPair();
    void board.serve(far);
    return inTime(clock, panels.open({ link: cable(near) }));
  };
  return { clock, front, board, panels, plugIn };
}

/** A cable that can keep back what comes and then hand it over in one piece, as a busy USB port does. */
function lumpy() {
  const heard = new AsyncQueue<Uint8Array>();
  let kept: Uint8Array[] | null = null;
  async function listen(link: ByteLink): Promise<void> {
    for await (const bytes of link.incoming) (kept ?? heard).push(bytes);
    heard.end();
  }
  return {
    over(link: ByteLink): ByteLink {
      void listen(link);
      return { ...link, incoming: heard };
    },
    keepsBack() {
      kept = [];
    },
    handsOver() {
      heard.push(Buffer.concat(kept ?? []));
      kept = null;
    },
  };
}

/** Lets time pass until the promise is settled. */
async function inTime<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  for (let step = 0; step < 200 && !settled; step += 1) await clock.advance(50);
  return promise;
}

const always = new AbortController().signal;
const step = { signal: always };

/** What was published, up to now. */
function recorded<T>(changes: AsyncIterable<T>): T[] {
  const all: T[] = [];
  void (async () => {
    for await (const change of changes) all.push(change);
  })();
  return all;
}

describe('a panel that has just been plugged in', () => {
  test('is safe and knows its sensors', async () => {
    const { front, plugIn } = await openPlace({ bootMs: 1_500 });
    const panel = await plugIn();
    expect(panel.status).toEqual({ state: 'ready' });
    const closed = { shutterClosed: true, doorClosed: true };
    expect(panel.sensors).toEqual({ cardAtExit: false, exitEmptied: 0, ...closed, mainsPresent: true });
    expect([...front.seen.lit]).toEqual([]);
  });

  test('says so where nobody answers', async () => {
    const { board, plugIn } = await openPlace();
    board.misbehave('hung');
    await expect(plugIn()).rejects.toMatchObject({ code: 'panel/unreachable' });
    board.misbehave('none');
    expect((await plugIn()).status).toEqual({ state: 'ready' });
  });

  test('refuses a board that lacks a pin of the cabinet file', async () => {
    const { clock, front } = await openPlace();
    const many = { ...pins, beeper: 60 };
    const board = simulateFirmata({
      wiring: front.wiring,
      pins: many,
      clock,
      random: seededRandom(1),
      pacing: { bootMs: 0 },
    });
    await using panels = firmataPanels({ clock, pins: many });
    const { near, far } = memoryLinkPair();
    void board.serve(far);
    await expect(inTime(clock, panels.open({ link: near }))).rejects.toMatchObject({ code: 'device/wrong-model' });
  });

  test('opens with a status where the sensors say nothing', async () => {
    const { board, plugIn } = await openPlace();
    board.misbehave('sensors-silent');
    const panel = await plugIn();
    expect(panel.status).toEqual({ state: 'needs-attention', problem: 'panel/sensor-silent' });
    expect(panel.sensors.cardAtExit).toBe('unknown');
  });
});

describe('sensors', () => {
  test('a card in the slot, and its leaving, are each told once', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    const seen = recorded<PanelSensors>(panel.watch(always));
    front.set({ cardAtExit: true });
    await clock.advance(3_000);
    front.set({ cardAtExit: false });
    await clock.advance(3_000);
    expect(seen.map(({ cardAtExit }) => cardAtExit)).toEqual([false, true, false]);
  });

  test('a card that is gone and followed by another before anybody looks has been counted all the same', async () => {
    const { clock, front, plugIn } = await openPlace();
    const cable = lumpy();
    const panel = await plugIn(cable.over);
    front.set({ cardAtExit: true });
    await clock.advance(1_000);
    const seen = recorded<PanelSensors>(panel.watch(always));
    cable.keepsBack();
    front.set({ cardAtExit: false });
    front.set({ cardAtExit: true });
    await clock.advance(10);
    cable.handsOver();
    await clock.advance(10);
    expect(seen.map(({ cardAtExit, exitEmptied }) => [cardAtExit, exitEmptied])).toEqual([
      [true, 0],
      [true, 1],
    ]);
  });

  test('evidence that nobody renews for two seconds is no evidence', async () => {
    const { clock, board, plugIn } = await openPlace();
    const panel = await plugIn();
    const seen = recorded<PanelSensors>(panel.watch(always));
    board.misbehave('sensors-silent');
    await clock.advance(900);
    expect(panel.sensors.cardAtExit).toBe(false);
    await clock.advance(2_100);
    expect(panel.sensors).toEqual({
      cardAtExit: 'unknown',
      exitEmptied: 0,
      shutterClosed: 'unknown',
      doorClosed: 'unknown',
      mainsPresent: 'unknown',
    });
    expect(seen.at(-1)).toEqual(panel.sensors);
    expect(panel.status).toEqual({ state: 'needs-attention', problem: 'panel/sensor-silent' });
    board.misbehave('none');
    await clock.advance(1_100);
    expect(panel.status).toEqual({ state: 'ready' });
  });

  test('quiet sensors stay known as long as the board answers', async () => {
    const { clock, plugIn } = await openPlace();
    const panel = await plugIn();
    const seen = recorded<PanelStatus>(panel.statuses(always));
    await clock.advance(60_000);
    expect(panel.sensors.doorClosed).toBe(true);
    expect(seen).toEqual([{ state: 'ready' }]);
  });

  test('a flicker of the mains is not a power cut, half a second is', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    front.set({ mainsPresent: false });
    await clock.advance(250);
    expect(panel.sensors.mainsPresent).toBe(true);
    front.set({ mainsPresent: true });
    await clock.advance(1_000);
    expect(panel.status).toEqual({ state: 'ready' });
    front.set({ mainsPresent: false });
    await clock.advance(500);
    expect(panel.sensors.mainsPresent).toBe(false);
    expect(panel.status).toEqual({ state: 'needs-attention', problem: 'panel/mains-lost' });
  });

  test('an open door stops the machine until it is closed', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    front.set({ doorClosed: false });
    await clock.advance(10);
    expect(panel.status).toEqual({ state: 'needs-attention', problem: 'panel/door-open' });
    front.set({ doorClosed: true });
    await clock.advance(10);
    expect(panel.status).toEqual({ state: 'ready' });
  });
});

describe('the shutter', () => {
  test('opens and closes, each time by its own sensor', async () => {
    const { clock, plugIn } = await openPlace();
    const panel = await plugIn();
    await inTime(clock, panel.openShutter(step));
    expect(panel.sensors.shutterClosed).toBe(false);
    await inTime(clock, panel.closeShutter(step));
    expect(panel.sensors.shutterClosed).toBe(true);
    expect(panel.status).toEqual({ state: 'ready' });
  });

  test('that does not move is stuck, and is let go', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    front.seen.shutterJammed = true;
    await expect(inTime(clock, panel.openShutter(step))).rejects.toMatchObject({ code: 'panel/shutter-stuck' });
    expect(panel.status).toEqual({ state: 'needs-attention', problem: 'panel/shutter-stuck' });
    expect(front.seen.shutterMoves).toBe(2);
    front.seen.shutterJammed = false;
    await inTime(clock, panel.openShutter(step));
    await inTime(clock, panel.closeShutter(step));
    expect(panel.status).toEqual({ state: 'ready' });
  });

  test('is never called closed by a report from before the command', async () => {
    const { clock, board, plugIn } = await openPlace();
    const panel = await plugIn();
    board.misbehave('sensors-silent'); // its last word, a moment old, was "closed"
    await expect(inTime(clock, panel.closeShutter(step))).rejects.toMatchObject({ code: 'panel/shutter-stuck' });
  });

  test('that is forced open shows', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    front.set({ shutterClosed: false });
    await clock.advance(10);
    expect(panel.status).toEqual({ state: 'needs-attention', problem: 'panel/shutter-stuck' });
  });

  test('whose opening is given up falls shut', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    front.seen.shutterJammed = true;
    const visit = new AbortController();
    const opening = panel.openShutter({ signal: visit.signal });
    await clock.advance(100);
    visit.abort(new Error('the visit ended'));
    await expect(opening).rejects.toThrow('the visit ended');
    await clock.advance(0);
    expect(front.seen.shutterMoves).toBe(2);
  });
});

describe('lamps and tones', () => {
  test('a lamp is on, off, or blinks twice in two seconds', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    panel.lamp('ready', 'on');
    panel.lamp('call', 'blink');
    const seen: boolean[] = [];
    for (let half = 0; half < 4; half += 1) {
      await clock.advance(10);
      seen.push(front.seen.lit.has('call'));
      await clock.advance(490);
    }
    expect(seen).toEqual([true, false, true, false]);
    expect(front.seen.lit.has('ready')).toBe(true);
    panel.lamp('call', 'off');
    panel.lamp('ready', 'off');
    await clock.advance(2_000);
    expect([...front.seen.lit]).toEqual([]);
  });

  test('a beep ends by itself', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    panel.beep();
    await clock.advance(10);
    expect(front.seen.beeping).toBe(true);
    await clock.advance(200);
    expect(front.seen).toMatchObject({ beeping: false, beeps: 1 });
  });
});

describe('a cable that comes and goes', () => {
  test('is away at once, and nothing is known any more', async () => {
    const { clock, board, plugIn } = await openPlace();
    const panel = await plugIn();
    board.misbehave('drop-link');
    await clock.advance(10);
    expect(panel.status.state).toBe('away');
    expect(panel.sensors.shutterClosed).toBe('unknown');
    panel.lamp('slot', 'on'); // tells nobody, harms nobody
    await expect(panel.openShutter(step)).rejects.toMatchObject({ code: 'panel/unreachable' });
    const next = await plugIn();
    expect(next.status).toEqual({ state: 'ready' });
  });

  test('in the middle of opening the shutter', async () => {
    const { clock, front, board, plugIn } = await openPlace();
    const panel = await plugIn();
    front.seen.shutterJammed = true;
    const opening = panel.openShutter(step);
    await clock.advance(100);
    board.misbehave('drop-link');
    await expect(inTime(clock, opening)).rejects.toMatchObject({ code: 'panel/unreachable' });
  });

  test('200 times leaves one board and no more listeners than the first time', async () => {
    const { plugIn } = await openPlace();
    const boardsBefore = five.Board.cache.length;
    const listeners: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      const panel = await plugIn();
      const io = (five.Board.cache.at(-1) as unknown as { io: EventEmitter }).io;
      listeners.push(io.eventNames().reduce((sum, name) => sum + io.listenerCount(name), 0));
      await panel[Symbol.asyncDispose]();
    }
    expect(five.Board.cache.length).toBe(boardsBefore + 1);
    expect(listeners.at(-1)).toBe(listeners[1]);
  });

  test('a closed panel leaves the front dark and the shutter shut', async () => {
    const { clock, front, plugIn } = await openPlace();
    const panel = await plugIn();
    panel.lamp('trouble', 'on');
    await inTime(clock, panel.openShutter(step));
    await inTime(clock, Promise.resolve(panel[Symbol.asyncDispose]()));
    await clock.advance(10);
    expect([...front.seen.lit]).toEqual([]);
    expect(front.wiring.shutterClosed).toBe(true);
  });

  test('noise before every message does not blind the panel', async () => {
    const { clock, front, board, plugIn } = await openPlace();
    const panel = await plugIn();
    board.misbehave('garbage');
    front.set({ cardAtExit: true });
    await clock.advance(5_000);
    expect(panel.sensors.cardAtExit).toBe(true);
  });
});
