import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { describe, expect, test } from 'vitest';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { memoryLinkPair } from '#drivers/kit/memory-link.ts';
import { manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { PaperEvent, PaperRoll } from './paper-roll.ts';
import { type EscPosOptions, receiptText, simulateEscPos } from './simulator.ts';

const askPrinter = [0x10, 0x04, 1];
const askOfflineCause = [0x10, 0x04, 2];
const askErrorCause = [0x10, 0x04, 3];
const askRoll = [0x10, 0x04, 4];
const askPaperInOrder = [0x1d, 0x72, 1];
const jobDone = [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x61, 0x62, 0x63, 0x64];
const jobDoneReply = [0x37, 0x22, 0x61, 0x62, 0x63, 0x64, 0x00];
const reportAll = [0x1d, 0x61, 0xff];
const cut = [0x1d, 0x56, 1];

class Roll implements PaperRoll {
  events: PaperEvent[] = [];
  leftMm = 500;
  nearEnd = false;
  coverClosed = true;
  cutterBlocked = false;
  #listener = () => {};
  put(event: PaperEvent) {
    this.events.push(event);
    if (event.type === 'dots') this.leftMm = Math.max(0, this.leftMm - event.rows / 8);
  }
  onChange(listener: () => void) {
    this.#listener = listener;
  }
  /** A hand at the printer. */
  set(change: Partial<Pick<Roll, 'leftMm' | 'nearEnd' | 'coverClosed' | 'cutterBlocked'>>) {
    Object.assign(this, change);
    this.#listener();
  }
  get text() {
    return receiptText(this.events);
  }
}

function desk(options: Partial<EscPosOptions> = {}) {
  const roll = (options.roll as Roll | undefined) ?? new Roll();
  const clock = manualClock();
  const printer = simulateEscPos({ roll, clock, random: seededRandom('desk'), pacing: null, ...options });
  const replies: Uint8Array[] = [];
  let host: ByteLink;
  const connect = () => {
    const { near, far } = memoryLinkPair();
    host = near;
    void printer.serve(far);
    void (async () => {
      for await (const piece of near.incoming) replies.push(piece);
    })();
    return near;
  };
  connect();
  return {
    ...{ roll, clock, printer, connect },
    /** Sends, waits until the printer is quiet, and returns all that it answered. */
    async send(...parts: (string | readonly number[])[]) {
      for (const part of parts)
        await host.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part));
      await clock.advance(0);
      return replies.splice(0).flatMap((piece) => [...piece]);
    },
    pieces: () => replies.splice(0).map((piece) => piece.length),
  };
}

describe('a printer that is well', () => {
  test('says 0x12 to every real-time question, and that the paper before a question is done', async () => {
    const { send } = desk();
    expect(await send(askPrinter, askOfflineCause, askErrorCause, askRoll)).toEqual([0x12, 0x12, 0x12, 0x12]);
    expect(await send('Halo\n', askPaperInOrder)).toEqual([0]);
    expect(await send('Halo\n', cut, jobDone)).toEqual(jobDoneReply);
  });

  test('tells what it is', async () => {
    const { send } = desk({ model: { name: 'LOKET-80' } });
    expect(await send([0x1d, 0x49, 67])).toEqual([0x5f, ...Buffer.from('LOKET-80'), 0]);
    expect(await send([0x1d, 0x49, 2])).toEqual([0x02]);
  });

  test.each(['cp437', 'cp858', 'windows1252'] as const)(
    'prints what the encoder library says in %s, word for word',
    async (codepage) => {
      const { send, roll, printer } = desk();
      const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: 48, feedBeforeCut: 4 });
      encoder
        .initialize()
        .codepage(codepage)
        .align('center')
        .bold(true)
        .size(2, 2)
        .line('ANJUNGAN')
        .size(1, 1)
        .bold(false);
      encoder
        .align('left')
        .line('Café Señor')
        .rule()
        .table([{ width: 20 }, { width: 20, align: 'right' }], [['Nomor', 'SU1-4821-7']]);
      await send([...encoder.line('[ ] Kartu Keluarga').cut('partial').encode()]);
      expect(roll.text).toContain(
        `${' '.repeat(16)}ANJUNGAN\nCafé Señor\n${'─'.repeat(48)}\nNomor${' '.repeat(25)}SU1-4821-7\n[ ] Kartu Keluarga\n`,
      );
      expect(roll.events.filter(({ type }) => type === 'cut')).toHaveLength(1);
      expect(printer.snapshot().unknown).toEqual([]);
    },
  );

  test('answers a question that stands in the middle of a picture, and prints the picture whole', async () => {
    const { send, roll } = desk();
    const half = Array.from({ length: 72 * 12 }, () => 0xaa);
    expect(await send([0x1d, 0x76, 0x30, 0, 72, 0, 24, 0], half, askPrinter)).toEqual([0x12]);
    expect(roll.events).toEqual([]);
    await send(half.slice(3));
    expect(roll.events).toMatchObject([{ type: 'dots', rows: 24, widthDots: 576 }]);
  });

  test('cuts its replies anywhere, and the same way for the same seed', async () => {
    const splits = async (seed: string) => {
      const { send, pieces, clock } = desk({ random: seededRandom(seed) });
      void send(jobDone, jobDone, jobDone, jobDone);
      await clock.advance(0);
      return pieces();
    };
    const first = await splits('a');
    expect(first.length).toBeGreaterThan(4);
    expect(await splits('a')).toEqual(first);
    expect(await splits('b')).not.toEqual(first);
  });

  test('is as slow as its paper: the answer in order comes when the line is out', async () => {
    const { send, roll, clock } = desk({ pacing: { mmPerSecond: 10, cutMs: 500 } });
    expect(await send([0x1b, 0x4a, 80], cut, askPaperInOrder, askPrinter)).toEqual([0x12]);
    await clock.advance(999);
    expect(roll.events).toEqual([]);
    await clock.advance(1);
    expect(roll.events.map(({ type }) => type)).toEqual(['dots', 'text']);
    expect(await send()).toEqual([]);
    await clock.advance(500);
    expect(roll.events.at(-1)?.type).toBe('cut');
    expect(await send()).toEqual([0]);
  });
});

describe('paper, lid and knife', () => {
  test('automatic status comes when it is switched on and whenever something changes', async () => {
    const { send, roll } = desk();
    expect(await send(reportAll)).toEqual([0x10, 0, 0, 0]);
    roll.set({ nearEnd: true });
    expect(await send()).toEqual([0x10, 0, 0x03, 0]);
    roll.set({ coverClosed: false });
    expect(await send()).toEqual([0x38, 0, 0x03, 0]);
    roll.set({ coverClosed: true, leftMm: 0 });
    expect(await send()).toEqual([0x18, 0, 0x0f, 0]);
    roll.set({ leftMm: 500, nearEnd: false });
    expect(await send()).toEqual([0x10, 0, 0, 0]);
    await send([0x1d, 0x61, 0]);
    roll.set({ coverClosed: false });
    expect(await send()).toEqual([]);
  });

  test('paper that ends in the middle of a job: the rest waits for a new roll, and so does the answer in order', async () => {
    const roll = new Roll();
    roll.leftMm = 7; // one line is 3.75 mm
    const { send } = desk({ roll });
    expect(await send('satu\ndua\ntiga\n', cut, jobDone)).toEqual([]);
    expect(roll.text).toBe('satu\ndua\n');
    expect(await send(askPrinter, askOfflineCause, askRoll)).toEqual([0x1a, 0x32, 0x7e]);
    roll.set({ leftMm: 500 });
    expect(await send()).toEqual(jobDoneReply);
    expect(roll.text).toBe('satu\ndua\ntiga\n- - - - - - - -\n');
  });

  test('an open lid stops the paper and closing it goes on', async () => {
    const { send, roll } = desk();
    roll.set({ coverClosed: false });
    expect(await send('Halo\n', askPrinter, askOfflineCause)).toEqual([0x1a, 0x16]);
    expect(roll.text).toBe('');
    roll.set({ coverClosed: true });
    await send();
    expect(roll.text).toBe('Halo\n');
  });

  test('a blocked knife waits for DLE ENQ 1 and then cuts', async () => {
    const { send, roll } = desk();
    roll.set({ cutterBlocked: true });
    expect(await send('Halo\n', cut, jobDone)).toEqual([]);
    expect(await send(askPrinter, askOfflineCause, askErrorCause)).toEqual([0x3a, 0x52, 0x1a]);
    await send([0x10, 0x05, 1]);
    expect(await send(askErrorCause)).toEqual([0x1a]);
    roll.set({ cutterBlocked: false });
    expect(await send([0x10, 0x05, 1])).toEqual(jobDoneReply);
    expect(roll.text).toBe('Halo\n- - - - - - - -\n');
  });

  test('DLE ENQ 2 forgets what failed and all that waits behind it', async () => {
    const { send, roll } = desk();
    roll.set({ cutterBlocked: true });
    await send('Halo\n', cut, 'tidak pernah\n', jobDone);
    roll.set({ cutterBlocked: false });
    expect(await send([0x10, 0x05, 2], 'baru\n', askPaperInOrder)).toEqual([0]);
    expect(roll.text).toBe('Halo\nbaru\n');
  });

  test('without a sensor for it, near end is never told', async () => {
    const { send, roll } = desk({ model: { nearEndSensor: false } });
    roll.set({ nearEnd: true });
    expect(await send(askRoll, askPaperInOrder)).toEqual([0x12, 0]);
    roll.set({ leftMm: 0 });
    expect(await send(askRoll)).toEqual([0x72]);
  });

  test('a roll that does not tell of changes is looked at', async () => {
    const silentRoll = { leftMm: 100, nearEnd: false, coverClosed: true, cutterBlocked: false, put: () => {} };
    const { send, clock } = desk({ roll: silentRoll as never });
    await send(reportAll);
    silentRoll.coverClosed = false;
    await clock.advance(100);
    expect(await send()).toEqual([0x38, 0, 0, 0]);
  });
});

describe('misbehaviour', () => {
  test('a picture cut off in the middle is completed by NULs, and the next job prints', async () => {
    const { send, roll, printer, connect } = desk();
    await send(
      [0x1d, 0x76, 0x30, 0, 72, 0, 100, 0],
      Array.from({ length: 72 * 60 }, () => 0xff),
    );
    printer.misbehave('drop-link');
    connect();
    await send('tertelan', askPrinter);
    expect(
      await send(
        Array.from({ length: 8192 }, () => 0),
        [0x1b, 0x40],
        reportAll,
      ),
    ).toEqual([0x10, 0, 0, 0]);
    expect(await send('baru\n', jobDone)).toEqual(jobDoneReply);
    expect(roll.text).toBe('baru\n');
  });

  test('silent it prints and says nothing; deaf it does neither', async () => {
    const { send, roll, printer } = desk();
    printer.misbehave('silent');
    expect(await send('satu\n', askPrinter, jobDone)).toEqual([]);
    printer.misbehave('deaf');
    expect(await send('dua\n', askPrinter, jobDone)).toEqual([]);
    printer.misbehave('none');
    expect(await send('tiga\n', askPrinter)).toEqual([0x12]);
    expect(roll.text).toBe('satu\ntiga\n');
  });

  test('errors: one waits for DLE ENQ, one for the power switch, one goes by itself', async () => {
    const { send, printer, connect } = desk();
    printer.misbehave('mechanical');
    expect(await send(askErrorCause)).toEqual([0x16]);
    expect(await send([0x10, 0x05, 1], askErrorCause)).toEqual([0x12]);
    printer.misbehave('head-hot');
    expect(await send(askErrorCause)).toEqual([0x52]);
    printer.misbehave('none');
    expect(await send(askErrorCause)).toEqual([0x12]);
    printer.misbehave('fatal');
    expect(await send([0x10, 0x05, 2], askErrorCause)).toEqual([0x32]);
    printer.misbehave('none');
    expect(await send(askErrorCause)).toEqual([0x32]);
    printer.powerOff();
    printer.powerOn();
    connect();
    expect(await send(askErrorCause)).toEqual([0x12]);
  });

  test('noise goes before each reply, and a clone answers only the question about paper', async () => {
    const { send, printer } = desk();
    printer.misbehave('garbage');
    const heard = await send(askPrinter);
    expect(heard).toHaveLength(4);
    expect(heard.at(-1)).toBe(0x12);
    const clone = desk({ model: { answers: 'dle-eot-4-only' } });
    expect(await clone.send(askPrinter, askRoll, reportAll, jobDone, [0x1d, 0x49, 67])).toEqual([0x12]);
  });

  test('the power switch loses the buffer and the link, and nobody is served before it is on again', async () => {
    const { send, roll, printer, connect } = desk();
    roll.set({ coverClosed: false });
    await send('hilang\n');
    printer.powerOff();
    expect(await connect().closed).toEqual({ reason: 'closed-there' });
    printer.powerOn();
    roll.set({ coverClosed: true });
    connect();
    await send('ada\n');
    expect(roll.text).toBe('ada\n');
  });

  test('a full buffer stops reading until there is paper', async () => {
    const { send, roll, printer } = desk({ model: { bufferBytes: 16 } });
    roll.set({ leftMm: 0 });
    expect(await send('x'.repeat(20), '\n', askPrinter)).toEqual([]); // not even the question is read
    expect(Buffer.from(printer.snapshot().buffer, 'base64')).toHaveLength(20);
    roll.set({ leftMm: 500 });
    expect(await send()).toEqual([0x12]);
    expect(roll.text).toBe(`${'x'.repeat(20)}\n`);
  });
});

test('a saved printer goes on where it stopped: the same paper as one that was never stopped', async () => {
  const job = [
    'satu\n',
    [0x1b, 0x45, 1],
    'dua',
    [0x1d, 0x76, 0x30, 0, 2, 0, 30, 0],
    Array.from({ length: 60 }, () => 0x55),
    '\n',
    cut,
  ];
  const whole = desk();
  await whole.send(...job);
  const bytes = job.flatMap((part) => [...(typeof part === 'string' ? Buffer.from(part) : part)]);
  for (let at = 1; at < bytes.length; at += 7) {
    const before = desk();
    await before.send(bytes.slice(0, at));
    before.roll.set({ coverClosed: false });
    await before.send(bytes.slice(at, at + 20));
    const saved = JSON.parse(JSON.stringify(before.printer.snapshot()));
    const roll = new Roll();
    roll.events = before.roll.events.slice();
    const after = desk({ roll, from: saved });
    await after.send(bytes.slice(at + 20));
    expect(roll.events.map(show)).toEqual(whole.roll.events.map(show));
  }
});

const show = (event: PaperEvent) => (event.type === 'dots' ? Buffer.from(event.dots).toString('hex') : event);
