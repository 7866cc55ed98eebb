import { describe, expect, onTestFinished, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { PaperLine, ReceiptPrinter, ReceiptPrinterStatus } from '../receipt-printer.ts';
import { type EscPosOptions, openEscPos } from './driver.ts';
import { scanReply } from './protocol/scan-reply.ts';
import type { PaperEvent, PaperRoll } from './simulator/paper-roll.ts';
import { type EscPosModel, receiptText, simulateEscPos } from './simulator/simulator.ts';

const CUT = '- - - - - - - -';
const never = new AbortController().signal;
const step = { signal: never };

const receipt: PaperLine[] = [
  { kind: 'text', text: 'TANDA TERIMA', align: 'centre', bold: true, size: 'large' },
  { kind: 'rule' },
  { kind: 'row', label: 'Kunjungan', value: 'SU1-4821-7' },
  { kind: 'text', text: 'KTP-el diterima. GRATIS.' },
  { kind: 'qr', text: 'SU1-4821-7 Q3k9cU1aX2' },
];

/** A roll in the printer, and what has come out of the slit. */
function paperRoll(leftMm = 50_000) {
  const out: PaperEvent[] = [];
  const listeners: (() => void)[] = [];
  const state = { leftMm, nearEnd: false, coverClosed: true, cutterBlocked: false };
  const roll: PaperRoll = {
    get leftMm() {
      return state.leftMm;
    },
    get nearEnd() {
      return state.nearEnd;
    },
    get coverClosed() {
      return state.coverClosed;
    },
    get cutterBlocked() {
      return state.cutterBlocked;
    },
    put(event) {
      out.push(event);
      if (event.type === 'dots') state.leftMm = Math.max(0, state.leftMm - event.rows / 8);
    },
    onChange: (listener) => listeners.push(listener),
  };
  const set = (now: Partial<typeof state>) => {
    Object.assign(state, now);
    for (const listener of listeners) listener();
  };
  return { roll, state, set, text: () => receiptText(out), papers: () => receiptText(out).split(CUT).length - 1 };
}

/** The printer's end of a wire on which automatic status gets lost. */
function withoutAutomaticStatus(far: ByteLink): ByteLink {
  let unread: Uint8Array = new Uint8Array();
  return {
    ...far,
    async write(bytes) {
      unread = Buffer.concat([unread, bytes]);
      for (let scan = scanReply(unread); scan.found !== 'nothing-yet'; scan = scanReply(unread)) {
        const { length } = unread.subarray(0, unread.length - scan.rest.length);
        if (scan.found !== 'reply' || scan.reply.kind !== 'automatic') await far.write(unread.subarray(0, length));
        unread = scan.rest;
      }
    },
  };
}

interface Scene {
  leftMm?: number;
  model?: Partial<EscPosModel>;
  /** A clone that never tells anything by itself. */
  clone?: boolean;
  options?: Partial<EscPosOptions>;
  pacing?: { mmPerSecond: number; cutMs: number } | null;
}

async function openPlace({ leftMm, model, clone, options, pacing = null }: Scene = {}) {
  const clock = manualClock();
  const paper = paperRoll(leftMm);
  const random = seededRandom('receipt');
  const machine = simulateEscPos({ roll: paper.roll, clock, random, pacing, ...(model && { model }) });
  const plugIn = (): ByteLink => {
    const { near, far } = memoryLinkPair();
    void machine.serve(clone ? withoutAutomaticStatus(far) : far);
    return near;
  };
  const open = async () => {
    const printer = await inTime(clock, openEscPos({ link: plugIn(), clock, options: { columns: 48, ...options } }));
    onTestFinished(() => printer[Symbol.asyncDispose]());
    return printer;
  };
  return { clock, paper, machine, plugIn, open };
}

/** Lets time pass until the promise is settled. */
async function inTime<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  for (let look = 0; look < 1_000 && !settled; look += 1) await clock.advance(50);
  return promise;
}

/** Every status from now on. */
function recorded(printer: ReceiptPrinter): ReceiptPrinterStatus[] {
  const all: ReceiptPrinterStatus[] = [];
  void (async () => {
    for await (const status of printer.statuses(never)) all.push(status);
  })();
  return all;
}

describe('a receipt', () => {
  test('comes out whole, and is called printed then', async () => {
    const { clock, paper, open } = await openPlace();
    const printer = await open();
    const statuses = recorded(printer);
    await inTime(clock, printer.print(receipt, step));
    expect(paper.papers()).toBe(1);
    expect(paper.text()).toContain('Kunjungan                             SU1-4821-7');
    expect(paper.text()).toContain('SU1-4821-7 Q3k9cU1aX2');
    await clock.advance(10);
    expect(statuses.map(({ state }) => state)).toEqual(['ready', 'busy', 'ready']);
  });

  test('and the next one each get their own cut', async () => {
    const { clock, paper, open } = await openPlace();
    const printer = await open();
    await inTime(clock, Promise.all([printer.print(receipt, step), printer.print(receipt, step)]));
    expect(paper.papers()).toBe(2);
  });

  test.each(['job-id', 'in-order'] as const)('is not called printed before the cut (%s)', async (completion) => {
    const { clock, paper, open } = await openPlace({
      pacing: { mmPerSecond: 20, cutMs: 300 },
      options: { completion },
    });
    const printer = await open();
    let papersThen: number | undefined;
    const printed = printer.print(receipt, step).then(() => {
      papersThen = paper.papers();
    });
    await clock.advance(500);
    expect(papersThen).toBeUndefined();
    expect(printer.status).toEqual({ state: 'busy' });
    await inTime(clock, printed);
    expect(papersThen).toBe(1);
  });
});

describe('a roll that ends', () => {
  test('before printing is said before a line is sent', async () => {
    const { clock, paper, open } = await openPlace({ leftMm: 0 });
    const printer = await open();
    expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/paper-out' });
    await expect(inTime(clock, printer.print(receipt, step))).rejects.toMatchObject({
      code: 'receipt-printer/paper-out',
    });
    expect(paper.text()).toBe('');
    paper.set({ leftMm: 50_000 });
    await clock.advance(6_000);
    await inTime(clock, printer.print(receipt, step));
    expect(paper.papers()).toBe(1);
  });

  test.each([false, true])(
    'in the middle is told, and that paper is never called printed (a clone: %s)',
    async (clone) => {
      const { clock, paper, open } = await openPlace({
        leftMm: 12,
        clone,
        pacing: { mmPerSecond: 100, cutMs: 300 },
      });
      const printer = await open();
      const half = inTime(clock, printer.print(receipt, step));
      await expect(half).rejects.toMatchObject({ code: 'receipt-printer/paper-out' });
      expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/paper-out' });
      paper.set({ leftMm: 50_000 });
      await clock.advance(6_000);
      expect(printer.status.state).toBe('ready');
      await inTime(clock, printer.print([{ kind: 'text', text: 'KERTAS BARU' }], step));
      expect(paper.text().split(CUT).at(-2)).toContain('KERTAS BARU');
    },
  );

  test('soon is a status, where the printer has a sensor for it', async () => {
    const { clock, paper, open } = await openPlace({ options: { nearEndSensor: true } });
    const printer = await open();
    expect(printer.status).toEqual({ state: 'ready', paper: 'ok' });
    paper.set({ nearEnd: true });
    await clock.advance(10);
    expect(printer.status).toEqual({ state: 'ready', paper: 'low' });
    await inTime(clock, printer.print(receipt, step));
    expect(paper.papers()).toBe(1);
  });

  test('soon cannot be known without that sensor', async () => {
    const { open } = await openPlace({ model: { nearEndSensor: false } });
    expect((await open()).status).toEqual({ state: 'ready', paper: 'unknown' });
  });
});

describe('other faults', () => {
  test('an open cover refuses, and its closing is noticed while idle', async () => {
    const { clock, paper, open } = await openPlace();
    const printer = await open();
    paper.set({ coverClosed: false });
    await clock.advance(10);
    expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/cover-open' });
    await expect(inTime(clock, printer.print(receipt, step))).rejects.toMatchObject({
      code: 'receipt-printer/cover-open',
    });
    paper.set({ coverClosed: true });
    await clock.advance(10);
    expect(printer.status.state).toBe('ready');
  });

  test('a printer that tells nothing by itself is asked every few seconds', async () => {
    const { clock, paper, open } = await openPlace({ clone: true });
    const printer = await open();
    paper.set({ coverClosed: false });
    await clock.advance(6_000);
    expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/cover-open' });
  });

  test('a blocked cutter is a cutter fault, and is left behind once it is free', async () => {
    const { clock, paper, open } = await openPlace();
    const printer = await open();
    paper.set({ cutterBlocked: true });
    await expect(inTime(clock, printer.print(receipt, step))).rejects.toMatchObject({ code: 'receipt-printer/cutter' });
    expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/cutter' });
    paper.set({ cutterBlocked: false });
    await inTime(clock, printer.print(receipt, step));
    expect(paper.papers()).toBe(1);
  });

  test('a cutter that is free again is noticed while idle, within a minute or so', async () => {
    const { clock, paper, open } = await openPlace();
    const printer = await open();
    paper.set({ cutterBlocked: true });
    await inTime(clock, printer.print(receipt, step)).catch(() => undefined);
    await clock.advance(30_000);
    expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/cutter' });
    paper.set({ cutterBlocked: false });
    await clock.advance(40_000);
    expect(printer.status.state).toBe('ready');
  });

  test('a hot head only takes longer', async () => {
    const { clock, paper, machine, open } = await openPlace({ pacing: { mmPerSecond: 50, cutMs: 300 } });
    const printer = await open();
    const printed = printer.print(receipt, step);
    await clock.advance(200);
    machine.misbehave('head-hot');
    await clock.advance(4_000);
    machine.misbehave('none');
    await inTime(clock, printed);
    expect(paper.papers()).toBe(1);
  });

  test.each(['mechanical', 'fatal'] as const)('a %s error while printing is hardware', async (fault) => {
    const { clock, machine, open } = await openPlace({ pacing: { mmPerSecond: 20, cutMs: 300 } });
    const printer = await open();
    const printed = printer.print(receipt, step);
    await clock.advance(300);
    machine.misbehave(fault);
    await expect(inTime(clock, printed)).rejects.toMatchObject({ code: 'receipt-printer/hardware' });
    expect(printer.status).toEqual({ state: 'needs-attention', problem: 'receipt-printer/hardware' });
  });

  test('noise before every reply is survived', async () => {
    const { clock, paper, machine, open } = await openPlace();
    const printer = await open();
    await inTime(clock, printer.print(receipt, step));
    machine.misbehave('garbage');
    await inTime(clock, printer.print(receipt, step)).catch(() => undefined);
    machine.misbehave('none');
    await clock.advance(20_000);
    await inTime(clock, printer.print([{ kind: 'text', text: 'SESUDAH' }], step));
    expect(paper.text()).toContain('SESUDAH');
  });
});

describe('silence', () => {
  test('at the start is unreachable', async () => {
    const { machine, open } = await openPlace();
    machine.misbehave('deaf');
    await expect(open()).rejects.toMatchObject({ code: 'receipt-printer/unreachable' });
  });

  test('while printing is unreachable, and the paper is not called printed though it came out', async () => {
    const { clock, paper, machine, open } = await openPlace({ pacing: { mmPerSecond: 50, cutMs: 300 } });
    const printer = await open();
    const printed = printer.print(receipt, step);
    await clock.advance(100);
    machine.misbehave('silent');
    await expect(inTime(clock, printed)).rejects.toMatchObject({ code: 'receipt-printer/unreachable' });
    expect(printer.status.state).toBe('away');
    await clock.advance(10_000);
    expect(paper.papers()).toBe(1);
  });

  test('while idle is away, and its end is noticed', async () => {
    const { clock, machine, open } = await openPlace();
    const printer = await open();
    machine.misbehave('deaf');
    await clock.advance(7_000);
    expect(printer.status.state).toBe('away');
    machine.misbehave('none');
    await clock.advance(7_000);
    expect(printer.status.state).toBe('ready');
  });

  test('after the cable is pulled ends the wait at once', async () => {
    const { clock, machine, open } = await openPlace({ pacing: { mmPerSecond: 20, cutMs: 300 } });
    const printer = await open();
    const printed = printer.print(receipt, step);
    await clock.advance(100);
    machine.misbehave('drop-link');
    await expect(inTime(clock, printed)).rejects.toMatchObject({ code: 'receipt-printer/unreachable' });
    expect(printer.status.state).toBe('away');
  });
});

describe('a job that is cut off', () => {
  test('by the end of this program, in the middle of a picture, does not eat the next one', async () => {
    const { clock, paper, plugIn, open } = await openPlace();
    const dying = plugIn();
    await dying.write(Uint8Array.of(0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 72, 0, 100, 0, 1, 2, 3)); // 7,200 dots bytes announced
    await clock.advance(10);
    const printer = await open();
    await inTime(clock, printer.print(receipt, step));
    expect(paper.text().split(CUT).at(-2)).toContain('TANDA TERIMA');
  });

  test('by the visitor is never taken for the next one', async () => {
    const { clock, paper, open } = await openPlace({ pacing: { mmPerSecond: 20, cutMs: 300 } });
    const printer = await open();
    const visit = new AbortController();
    const first = printer.print(receipt, { signal: visit.signal });
    await clock.advance(200);
    visit.abort(new Error('the visit ended'));
    await expect(first).rejects.toThrow('the visit ended');
    let papersThen: number | undefined;
    const second = printer.print([{ kind: 'text', text: 'KEDUA' }], step).then(() => {
      papersThen = paper.papers();
    });
    await inTime(clock, second);
    expect(paper.text().split(CUT)[(papersThen ?? 0) - 1]).toContain('KEDUA');
  });

  test('by a power cut leaves a printer that works when it is back', async () => {
    const { clock, paper, machine, open } = await openPlace({ pacing: { mmPerSecond: 20, cutMs: 300 } });
    const printer = await open();
    const printed = printer.print(receipt, step);
    await clock.advance(300);
    machine.powerOff();
    await expect(inTime(clock, printed)).rejects.toMatchObject({ code: 'receipt-printer/unreachable' });
    machine.powerOn();
    const again = await open();
    await inTime(clock, again.print(receipt, step));
    expect(paper.papers()).toBe(1);
  });
});
