import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { takeByte } from './commands.ts';
import { identity } from './identity.ts';
import type { PaperRoll } from './paper-roll.ts';
import { type Action, freshPress, type Press } from './press.ts';
import { type RealTime, watchByte } from './realtime.ts';
import { type EscPosSnapshot, pack, unpack } from './snapshot.ts';
import { speaker } from './speaker.ts';
import {
  automaticStatus,
  type Condition,
  isOffline,
  type PrinterError,
  paperBits,
  realTimeStatus,
  watched,
} from './status.ts';
import { drawSymbol, symbolText } from './symbols.ts';

export { receiptPicture, receiptText } from './receipt.ts';
export type { EscPosSnapshot } from './snapshot.ts';

/**
 * `silent`: prints, and says nothing. `deaf`: takes bytes and does nothing with them, not even answers. `garbage`: noise
 * goes before every reply. `mechanical`: an error that waits for DLE ENQ. `fatal`: one that waits for the power switch.
 * `head-hot`: stops until the fault is taken back with `none`. `drop-link`: the cable is pulled, once.
 */
export type EscPosFault = 'none' | 'silent' | 'deaf' | 'garbage' | 'mechanical' | 'fatal' | 'head-hot' | 'drop-link';

export interface EscPosModel {
  /** What GS I 67 says. */
  name: string;
  /** Without this sensor "near end" is never reported, as with a real printer that was bought without it. */
  nearEndSensor: boolean;
  /** Clones exist that answer nothing but DLE EOT 4, and others that lack only automatic status (sheet B.2). */
  answers: 'all' | 'no-asb' | 'dle-eot-4-only';
  /** Receive buffer. A full one stops reading from the link until there is room. */
  bufferBytes: number;
}

export interface EscPosOptions {
  roll: PaperRoll;
  clock: Clock;
  random: Random;
  /** Characters of font A in a line: 48 on 80 mm paper (576 dots), 32 on 58 mm (384 dots). Default 48. */
  columns?: 48 | 32;
  /** Paper speed and the time of a cut. Default: 150 mm/s and 300 ms; `null` = at once. */
  pacing?: { mmPerSecond: number; cutMs: number } | null;
  model?: Partial<EscPosModel>;
  from?: EscPosSnapshot;
}

export interface EscPosSimulator {
  /** Speaks to one host until the link ends. A new link takes over; a job half sent by the last stays half received. */
  serve(link: ByteLink): Promise<void>;
  /** Loses the buffer, the line and the link. */
  powerOff(): void;
  powerOn(): void;
  misbehave(fault: EscPosFault): void;
  /** Plain data: what a saved world needs to continue. */
  snapshot(): EscPosSnapshot;
}

const DOTS_PER_MM = 8;
const LOOK_AT_ROLL_EVERY_MS = 100;
const defaults: EscPosModel = { name: 'SIM-80', nearEndSensor: true, answers: 'all', bufferBytes: 65_536 };

/** A receipt printer at the far end of the link: ESC/POS commands, status and paper (peripherals sheet B). */
export function simulateEscPos(options: EscPosOptions): EscPosSimulator {
  return new ReceiptPrinterSimulator(options);
}

class ReceiptPrinterSimulator implements EscPosSimulator {
  readonly #roll: PaperRoll;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #pacing: { mmPerSecond: number; cutMs: number } | null;
  readonly #model: EscPosModel;
  readonly #widthDots: number;
  readonly #speak: ReturnType<typeof speaker>;
  readonly #buffer = new ByteBuffer();
  #press: Press;
  #powered = true;
  #fault: EscPosFault = 'none';
  #error: PrinterError = 'none';
  #link: ByteLink | undefined;
  #seen: number[] = [];
  #lastPushed = '';
  #working = false;
  #waitingForRoom: (() => void)[] = [];

  constructor({ roll, clock, random, columns = 48, pacing, model, from }: EscPosOptions) {
    this.#roll = roll;
    this.#clock = clock;
    this.#random = random;
    this.#pacing = pacing === undefined ? { mmPerSecond: 150, cutMs: 300 } : pacing;
    this.#model = { ...defaults, ...model };
    this.#widthDots = columns * 12;
    this.#speak = speaker(random);
    this.#press = freshPress(this.#widthDots);
    if (from) this.#restore(from);
    roll.onChange?.(() => this.#look());
  }

  async serve(link: ByteLink): Promise<void> {
    if (!this.#powered) return link[Symbol.asyncDispose]();
    const last = this.#link;
    this.#link = link;
    await last?.[Symbol.asyncDispose]();
    const gone = new AbortController();
    link.closed.then(() => {
      gone.abort();
      this.#makeRoom();
    });
    if (!this.#roll.onChange) void this.#watchRoll(gone.signal);
    this.#work();
    for await (const chunk of link.incoming) {
      if (this.#link !== link) return;
      this.#hear(chunk);
      while (this.#link === link && !gone.signal.aborted && this.#buffer.length >= this.#model.bufferBytes) {
        await new Promise<void>((resolve) => this.#waitingForRoom.push(resolve));
      }
    }
    if (this.#link === link) this.#link = undefined;
  }

  powerOff(): void {
    const link = this.#link;
    this.#powered = false;
    this.#link = undefined;
    this.#error = 'none';
    this.#forget();
    void link?.[Symbol.asyncDispose]();
  }

  powerOn(): void {
    this.#powered = true;
  }

  misbehave(fault: EscPosFault): void {
    if (fault === 'drop-link') {
      void this.#link?.[Symbol.asyncDispose]();
      return;
    }
    this.#fault = fault;
    if (fault === 'mechanical' || fault === 'fatal' || fault === 'head-hot') this.#error = fault;
    else if (this.#error === 'head-hot') this.#error = 'none';
    this.#look();
  }

  snapshot(): EscPosSnapshot {
    const [powered, fault, error] = [this.#powered, this.#fault, this.#error];
    return { powered, fault, error, buffer: Buffer.from(this.#buffer.rest()).toString('base64'), ...pack(this.#press) };
  }

  #restore(from: EscPosSnapshot): void {
    this.#powered = from.powered;
    this.#fault = from.fault;
    this.#error = from.error;
    this.#buffer.push(new Uint8Array(Buffer.from(from.buffer, 'base64')));
    this.#press = unpack(from);
    this.#work();
  }

  /** The receiver: real-time requests are obeyed here, in front of all that waits, and stay in the stream as data. */
  #hear(chunk: Uint8Array): void {
    if (this.#fault === 'deaf') return;
    let kept = 0;
    chunk.forEach((byte, at) => {
      const request = watchByte(this.#seen, byte);
      if (!request) return;
      this.#buffer.push(chunk.subarray(kept, at + 1)); // so that clearing takes what came before it, and no more
      kept = at + 1;
      this.#obeyNow(request);
    });
    this.#buffer.push(chunk.subarray(kept));
    this.#work();
  }

  #obeyNow(request: RealTime): void {
    switch (request.is) {
      case 'status?':
        this.#answer(request.n);
        break;
      case 'pulse':
        this.#press.drawerPulses += 1;
        break;
      case 'clear-buffer':
        this.#forget();
        this.#reply([0x37, 0x25, 0x00]);
        break;
      case 'recover':
        this.#recover(request.clear);
        break;
    }
  }

  #answer(n: number): void {
    if (this.#model.answers === 'dle-eot-4-only' && n !== 4) return;
    const status = realTimeStatus(n, this.#condition());
    if (status !== undefined) this.#reply([status]);
  }

  /** DLE ENQ: goes on with the line that failed, or forgets it and all that waits. */
  #recover(clear: boolean): void {
    if (this.#error !== 'cutter' && this.#error !== 'mechanical') return;
    this.#error = 'none';
    if (clear) this.#forget();
    this.#look();
  }

  #forget(): void {
    const { asbMask, unknown, drawerPulses } = this.#press;
    this.#buffer.clear();
    this.#press = { ...freshPress(this.#widthDots), ...(this.#powered && { asbMask, unknown, drawerPulses }) };
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const go of this.#waitingForRoom.splice(0)) go();
  }

  #condition(): Condition {
    const { leftMm, nearEnd, coverClosed } = this.#roll;
    const paperOut = leftMm <= 0;
    const low = this.#model.nearEndSensor && (nearEnd || paperOut);
    return { coverOpen: !coverClosed, paperOut, nearEnd: low, error: this.#error };
  }

  /** Looks at paper, lid and faults, pushes what changed, and goes on with what waited for it. */
  #look(): void {
    if (!this.#powered) return;
    const { asbMask } = this.#press;
    if (asbMask !== 0 && watched(asbMask, this.#condition()) !== this.#lastPushed) this.#push();
    this.#work();
  }

  #push(): void {
    if (this.#model.answers !== 'all') return;
    const now = this.#condition();
    this.#lastPushed = watched(this.#press.asbMask, now);
    this.#reply(automaticStatus(now));
  }

  #reply(bytes: readonly number[]): void {
    if (!this.#link || this.#fault === 'silent' || this.#fault === 'deaf') return;
    if (this.#fault === 'garbage') this.#speak(this.#link, this.#random.bytes(3));
    this.#speak(this.#link, Uint8Array.from(bytes));
  }

  async #watchRoll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(LOOK_AT_ROLL_EVERY_MS, signal).catch(() => undefined);
      this.#look();
    }
  }

  #work(): void {
    if (!this.#working) void this.#workOff();
  }

  /** Reads commands and moves paper, one step after the other, while there is something to do and nothing in the way. */
  async #workOff(): Promise<void> {
    this.#working = true;
    while (this.#powered && this.#fault !== 'deaf' && !isOffline(this.#condition())) {
      const press = this.#press;
      const [action] = press.actions;
      if (!action && this.#buffer.length === 0) break;
      if (!action) this.#read(press);
      else if ((await this.#perform(action, press)) && press === this.#press) press.actions.shift();
    }
    this.#working = false;
  }

  #read(press: Press): void {
    takeByte(press, this.#buffer.shift() ?? 0);
    if (this.#buffer.length < this.#model.bufferBytes) this.#makeRoom();
  }

  /** Returns whether the step is done; if not, it is tried again as soon as nothing is in the way. */
  async #perform(action: Action, press: Press): Promise<boolean> {
    switch (action.do) {
      case 'print':
        return this.#print(action, press);
      case 'symbol': {
        const bands = (await drawSymbol(action.symbol, this.#widthDots)) ?? [];
        const steps: Action[] = bands.map((band) => ({ do: 'print', band, text: [] }));
        const [last] = steps.slice(-1);
        if (last?.do === 'print') last.text = [symbolText(action.symbol)];
        press.actions.splice(1, 0, ...steps);
        return true;
      }
      case 'cut':
        return this.#cut(press);
      case 'asb':
        if (press.asbMask !== 0) this.#push();
        return true;
      case 'sensor-reply':
        if (this.#model.answers === 'all') this.#reply([action.which === 1 ? paperBits(this.#condition()) : 0]);
        return true;
      case 'identity':
        if (this.#model.answers === 'all') this.#reply(identity(action.which, this.#model.name));
        return true;
      case 'reply':
        if (this.#model.answers === 'all') this.#reply(action.bytes);
        return true;
    }
  }

  async #print({ band, text }: Action & { do: 'print' }, press: Press): Promise<boolean> {
    const { widthDots, rows, dots } = band;
    if (this.#pacing) await this.#clock.sleep((rows / DOTS_PER_MM / this.#pacing.mmPerSecond) * 1000);
    if (press !== this.#press || !this.#roll.coverClosed) return false;
    if (rows > 0) this.#roll.put({ type: 'dots', dots, widthDots, rows });
    for (const line of text) this.#roll.put({ type: 'text', line });
    this.#look();
    return true;
  }

  async #cut(press: Press): Promise<boolean> {
    if (this.#pacing) await this.#clock.sleep(this.#pacing.cutMs);
    if (press !== this.#press) return false;
    if (this.#roll.cutterBlocked) {
      this.#error = 'cutter';
      this.#look();
      return false;
    }
    this.#roll.put({ type: 'cut' });
    return true;
  }
}
