import type { EventEmitter } from 'node:events';
import firmataIo from 'firmata-io';
import five from 'johnny-five';
import { endForeignTimer, withDeadline } from '#drivers/kit/async.ts';
import type { ByteLink } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Clock } from '#kit/clock.ts';
import { SwitchedTransport } from './transport.ts';

type Board = InstanceType<typeof five.Board>;
type Io = InstanceType<typeof firmataIo.Firmata>;

/** Opening a USB serial port resets an UNO: it hears nothing for 1.5 s. (Sheet D.5) */
const GREETED_WITHIN_MS = 5_000;
const GREET_EVERY_MS = 400;

/**
 * One I/O board for the life of the process. johnny-five has no way to give a Board back, so it is made once, at the first
 * link that answers, and later links are put under it. (Sheet A.7)
 */
export class IoBoard {
  readonly #clock: Clock;
  #transport = new SwitchedTransport();
  #io: Io | undefined;
  #board: Board | undefined;
  #greeted = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Puts `link` under the board and shakes hands; rejects `panel/unreachable` where nobody does. */
  async plugIn(link: ByteLink, signal: AbortSignal): Promise<void> {
    try {
      await withDeadline(this.#clock, GREETED_WITHIN_MS, signal, (cut) => this.#shakeHands(link, cut));
    } catch (cause) {
      this.unplug();
      if (signal.aborted) throw signal.reason;
      throw new DeviceError('panel/unreachable', `no Firmata within ${GREETED_WITHIN_MS} ms`, { cause });
    }
  }

  unplug(): void {
    this.#transport.unplug();
  }

  /** `level` gets every report of this pin, also those that change nothing. One listener for the board's life. */
  onReport(pin: number, level: (high: boolean) => void): void {
    this.#ready.board.digitalRead(pin, (value) => level(value === 1));
  }

  /** The board greets by itself when it has restarted; then it has forgotten its pins. One listener for its life. */
  onRestart(restarted: () => void): void {
    this.#ready.io.on('reportversion', () => this.#greeted && restarted());
  }

  get pinCount(): number {
    return this.#ready.io.pins.length;
  }

  /** Resolves when all that was written is with the operating system. */
  told(): Promise<void> {
    return this.#transport.told();
  }

  setInput(pin: number): void {
    this.#ready.board.pinMode(pin, this.#ready.io.MODES.INPUT);
  }

  /** Makes the pin an output that is low from the first moment on. */
  setOutputLow(pin: number): void {
    this.#ready.board.pinMode(pin, this.#ready.io.MODES.OUTPUT);
    this.write(pin, false);
  }

  write(pin: number, high: boolean): void {
    this.#ready.board.digitalWrite(pin, high ? 1 : 0);
  }

  /** Asks for the levels of this pin's port now. */
  askLevels(pin: number): void {
    this.#ready.io.reportDigitalPin(pin, 1);
  }

  /** Takes the board out of johnny-five's own list. */
  forget(): void {
    this.unplug();
    const at = this.#board ? five.Board.cache.indexOf(this.#board) : -1;
    if (at !== -1) five.Board.cache.splice(at, 1);
  }

  get #ready(): { board: Board; io: Io } {
    if (!this.#board || !this.#io) throw new DeviceError('panel/unreachable', 'the board has never answered');
    return { board: this.#board, io: this.#io };
  }

  async #shakeHands(link: ByteLink, signal: AbortSignal): Promise<void> {
    this.#greeted = false;
    const known = this.#board ? this.#io : undefined;
    const io = known ?? this.#newIo();
    if (known) known.versionReceived = false; // whatever comes before the greeting is of another time
    await this.#greet(io, link, known ? 'queryfirmware' : 'ready', signal);
    if (!known) await this.#makeBoard(io, signal);
    this.#greeted = true;
  }

  async #greet(io: Io, link: ByteLink, answer: 'queryfirmware' | 'ready', signal: AbortSignal): Promise<void> {
    const decided = new AbortController();
    const both = AbortSignal.any([signal, decided.signal]);
    const heard = once(io, answer, both);
    void this.#transport.use(link);
    try {
      await Promise.race([heard, this.#keepGreeting(io, both), lostWhile(link)]);
    } finally {
      decided.abort();
    }
  }

  /** Until it answers: a board that boots does not hear the first greetings. */
  async #keepGreeting(io: Io, signal: AbortSignal): Promise<never> {
    for (;;) {
      if (!io.versionReceived) io.transport.write(greeting);
      await this.#clock.sleep(GREET_EVERY_MS, signal);
    }
  }

  #newIo(): Io {
    this.#transport = new SwitchedTransport();
    const io = new firmataIo.Firmata(this.#transport, { reportVersionTimeout: GREETED_WITHIN_MS });
    endForeignTimer(io.reportVersionTimeoutId); // the greeting is ours, by our own clock
    this.#io = io;
    return io;
  }

  async #makeBoard(io: Io, signal: AbortSignal): Promise<void> {
    const board = new five.Board({ io, repl: false, debug: false, sigint: false });
    board.on('error', () => undefined); // an EventEmitter without this listener throws
    await once(board, 'ready', signal);
    this.#board = board;
  }
}

/** Version? and firmware?: the board answers both. (Sheet D.5) */
const greeting = Uint8Array.of(0xf9, 0xf0, 0x79, 0xf7);

async function lostWhile(link: ByteLink): Promise<never> {
  const end = await link.closed;
  throw new DeviceError('panel/unreachable', `the link ended: ${end.reason}`);
}

function once(emitter: EventEmitter, event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const heard = () => resolve();
    emitter.once(event, heard);
    signal.addEventListener(
      'abort',
      () => {
        emitter.off(event, heard);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
