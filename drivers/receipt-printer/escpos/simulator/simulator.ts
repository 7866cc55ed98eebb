import type { ByteLink } from '#drivers/kit/byte-link.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { Mechanism } from './mechanism.ts';
import { type EscPosModel, type EscPosPacing, fullModel, realPacing } from './model.ts';
import type { PaperRoll } from './paper-roll.ts';
import { type RealTime, watchByte } from './realtime.ts';
import { type EscPosSnapshot, pack, unpack } from './snapshot.ts';
import { speaker } from './speaker.ts';
import { realTimeStatus } from './status.ts';
import { type DrawSymbol, drawSymbol } from './symbols.ts';

export type { EscPosModel, EscPosPacing } from './model.ts';
export { receiptPicture, receiptText } from './receipt.ts';
export type { EscPosSnapshot } from './snapshot.ts';

/**
 * `silent`: prints, and says nothing. `deaf`: takes bytes and does nothing with them, not even answers. `garbage`: noise
 * goes before every reply. `mechanical`: an error that waits for DLE ENQ. `fatal`: one that waits for the power switch.
 * `head-hot`: stops until the fault is taken back with `none`. `drop-link`: the cable is pulled, once.
 */
export type EscPosFault = 'none' | 'silent' | 'deaf' | 'garbage' | 'mechanical' | 'fatal' | 'head-hot' | 'drop-link';

export interface EscPosOptions {
  roll: PaperRoll;
  clock: Clock;
  random: Random;
  /** Characters of font A in a line: 48 on 80 mm paper (576 dots), 32 on 58 mm (384 dots). Default 48. */
  columns?: 48 | 32;
  /** Default: 150 mm/s and 300 ms for a cut; `null` = at once. */
  pacing?: EscPosPacing;
  model?: Partial<EscPosModel>;
  /** Default: as the printer would, in the time that the wasm writer takes. */
  drawSymbol?: DrawSymbol;
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

const LOOK_AT_ROLL_EVERY_MS = 100;

/** A receipt printer at the far end of the link: ESC/POS commands, status and paper (peripherals sheet B). */
export function simulateEscPos(options: EscPosOptions): EscPosSimulator {
  return new ReceiptPrinterSimulator(options);
}

class ReceiptPrinterSimulator implements EscPosSimulator {
  readonly #options: EscPosOptions;
  readonly #model: EscPosModel;
  readonly #mechanism: Mechanism;
  readonly #speak: ReturnType<typeof speaker>;
  #powered = true;
  #fault: EscPosFault = 'none';
  #link: ByteLink | undefined;
  /** What followed the last DLE. */
  #seen: number[] = [];
  #waitingForRoom: (() => void)[] = [];

  constructor(options: EscPosOptions) {
    const { roll, clock, random, columns = 48, pacing = realPacing, model, from } = options;
    this.#options = options;
    this.#model = { ...fullModel, ...model };
    this.#speak = speaker(random);
    this.#mechanism = new Mechanism({
      ...{
        roll,
        clock,
        pacing,
        model: this.#model,
        widthDots: columns * 12,
        drawSymbol: options.drawSymbol ?? drawSymbol,
      },
      reply: (bytes) => this.#reply(bytes),
      hasRoom: () => this.#makeRoom(),
    });
    if (from) this.#restore(from);
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
    if (!this.#options.roll.onChange) void this.#watchRoll(gone.signal);
    await this.#listen(link, gone.signal);
    if (this.#link === link) this.#link = undefined;
  }

  powerOff(): void {
    const link = this.#link;
    this.#link = undefined;
    this.#powered = false;
    this.#seen = [];
    this.#mechanism.lose();
    this.#settle();
    void link?.[Symbol.asyncDispose]();
  }

  powerOn(): void {
    this.#powered = true;
    this.#settle();
  }

  misbehave(fault: EscPosFault): void {
    if (fault === 'drop-link') {
      void this.#link?.[Symbol.asyncDispose]();
      return;
    }
    this.#fault = fault;
    if (fault === 'mechanical' || fault === 'fatal' || fault === 'head-hot') this.#mechanism.error = fault;
    else if (this.#mechanism.error === 'head-hot') this.#mechanism.error = 'none';
    this.#settle();
  }

  snapshot(): EscPosSnapshot {
    const { buffer, press, error } = this.#mechanism;
    const [powered, fault, seen] = [this.#powered, this.#fault, [...this.#seen]];
    return { powered, fault, error, seen, buffer: Buffer.from(buffer.rest()).toString('base64'), ...pack(press) };
  }

  #restore(from: EscPosSnapshot): void {
    this.#powered = from.powered;
    this.#fault = from.fault;
    this.#seen = [...from.seen];
    this.#mechanism.error = from.error;
    this.#mechanism.buffer.push(new Uint8Array(Buffer.from(from.buffer, 'base64')));
    this.#mechanism.press = unpack(from);
    this.#settle();
  }

  /** Lets the mechanism run while there is power and somebody at home. */
  #settle(): void {
    this.#mechanism.running = this.#powered && this.#fault !== 'deaf';
    this.#mechanism.look();
  }

  async #listen(link: ByteLink, gone: AbortSignal): Promise<void> {
    for await (const chunk of link.incoming) {
      if (this.#link !== link) return;
      this.#hear(chunk);
      while (this.#link === link && !gone.aborted && this.#mechanism.isFull) {
        await new Promise<void>((resolve) => this.#waitingForRoom.push(resolve));
      }
    }
  }

  /** The receiver: real-time requests are obeyed here, in front of all that waits, and stay in the stream as data. */
  #hear(chunk: Uint8Array): void {
    if (this.#fault === 'deaf') return;
    const { buffer } = this.#mechanism;
    let kept = 0;
    chunk.forEach((byte, at) => {
      const request = watchByte(this.#seen, byte);
      if (!request) return;
      buffer.push(chunk.subarray(kept, at + 1)); // so that clearing takes what came before it, and no more
      kept = at + 1;
      this.#obeyNow(request);
    });
    buffer.push(chunk.subarray(kept));
    this.#mechanism.work();
  }

  #obeyNow(request: RealTime): void {
    if (request.is === 'status?') this.#answer(request.n);
    else if (request.is === 'recover') this.#mechanism.recover(request.clear);
    else if (request.is === 'pulse') this.#mechanism.press.drawerPulses += 1;
    else {
      this.#mechanism.clear();
      this.#reply([0x37, 0x25, 0x00]);
    }
  }

  #answer(n: number): void {
    if (this.#model.answers === 'dle-eot-4-only' && n !== 4) return;
    const status = realTimeStatus(n, this.#mechanism.condition);
    if (status !== undefined) this.#reply([status]);
  }

  #reply(bytes: readonly number[]): void {
    if (!this.#link || this.#fault === 'silent' || this.#fault === 'deaf') return;
    if (this.#fault === 'garbage') this.#speak(this.#link, this.#options.random.bytes(3));
    this.#speak(this.#link, Uint8Array.from(bytes));
  }

  #makeRoom(): void {
    for (const go of this.#waitingForRoom.splice(0)) go();
  }

  async #watchRoll(gone: AbortSignal): Promise<void> {
    while (!gone.aborted) {
      await this.#options.clock.sleep(LOOK_AT_ROLL_EVERY_MS, gone).catch(() => undefined);
      this.#mechanism.look();
    }
  }
}
