import type { Clock } from '#kit/clock.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { takeByte } from './commands.ts';
import { identity } from './identity.ts';
import type { EscPosModel, EscPosPacing } from './model.ts';
import type { PaperRoll } from './paper-roll.ts';
import { type Action, freshPress, type Press } from './press.ts';
import { automaticStatus, type Condition, isOffline, type PrinterError, paperBits, watched } from './status.ts';
import { type DrawSymbol, symbolText } from './symbols.ts';

const DOTS_PER_MM = 8;

export interface MechanismParts {
  roll: PaperRoll;
  clock: Clock;
  pacing: EscPosPacing;
  model: EscPosModel;
  widthDots: number;
  drawSymbol: DrawSymbol;
  /** Sends bytes to the host, if there is one. */
  reply(bytes: readonly number[]): void;
  /** The receive buffer has room again. */
  hasRoom(): void;
}

/** Paper, knife and the commands that move them. It works off its buffer one step at a time and stops where it must. */
export class Mechanism {
  readonly buffer = new ByteBuffer();
  press: Press;
  error: PrinterError = 'none';
  running = true;
  readonly #parts: MechanismParts;
  #working = false;
  #lastPushed = '';

  constructor(parts: MechanismParts) {
    this.#parts = parts;
    this.press = freshPress(parts.widthDots);
    parts.roll.onChange?.(() => this.look());
  }

  get condition(): Condition {
    const { roll, model } = this.#parts;
    const paperOut = roll.leftMm <= 0;
    const nearEnd = model.nearEndSensor && (roll.nearEnd || paperOut);
    return { coverOpen: !roll.coverClosed, paperOut, nearEnd, error: this.error };
  }

  get isFull(): boolean {
    return this.buffer.length >= this.#parts.model.bufferBytes;
  }

  /** Looks at paper, lid and faults, pushes what changed, and goes on with what waited for it. */
  look(): void {
    if (!this.running) return;
    const { asbMask } = this.press;
    if (asbMask !== 0 && watched(asbMask, this.condition) !== this.#lastPushed) this.#push();
    this.work();
  }

  /** DLE ENQ: goes on with the line that failed, or forgets it and all that waits. */
  recover(clear: boolean): void {
    if (this.error !== 'cutter' && this.error !== 'mechanical') return;
    this.error = 'none';
    if (clear) this.clear();
    this.look();
  }

  /** Forgets buffer, line and half-read command; what the host asked to be told of stays. */
  clear(): void {
    const { asbMask, unknown, drawerPulses } = this.press;
    this.buffer.clear();
    this.press = { ...freshPress(this.#parts.widthDots), asbMask, unknown, drawerPulses };
    this.#parts.hasRoom();
  }

  /** The power went: nothing is left. */
  lose(): void {
    this.clear();
    this.press = freshPress(this.#parts.widthDots);
    this.error = 'none';
  }

  work(): void {
    if (!this.#working) void this.#workOff();
  }

  async #workOff(): Promise<void> {
    this.#working = true;
    while (this.running && !isOffline(this.condition)) {
      const { press } = this;
      const [action] = press.actions;
      if (!action && this.buffer.length === 0) break;
      if (!action) this.#read(press);
      else if ((await this.#perform(action, press)) && press === this.press) press.actions.shift();
    }
    this.#working = false;
  }

  #read(press: Press): void {
    takeByte(press, this.buffer.shift() ?? 0);
    if (!this.isFull) this.#parts.hasRoom();
  }

  /** Returns whether the step is done; if not, it is tried again as soon as nothing is in the way. */
  async #perform(action: Action, press: Press): Promise<boolean> {
    if (action.do === 'print') return this.#print(action, press);
    if (action.do === 'cut') return this.#cut(press);
    if (action.do === 'symbol') await this.#draw(action, press);
    else if (this.#parts.model.answers !== 'dle-eot-4-only') this.#say(action, press);
    return true;
  }

  async #print({ band, text }: Action & { do: 'print' }, press: Press): Promise<boolean> {
    const { roll, clock, pacing } = this.#parts;
    const { widthDots, rows, dots } = band;
    if (pacing) await clock.sleep((rows / DOTS_PER_MM / pacing.mmPerSecond) * 1000);
    if (press !== this.press || !roll.coverClosed) return false;
    if (rows > 0) roll.put({ type: 'dots', dots, widthDots, rows });
    for (const line of text) roll.put({ type: 'text', line });
    this.look();
    return true;
  }

  async #cut(press: Press): Promise<boolean> {
    const { roll, clock, pacing } = this.#parts;
    if (pacing) await clock.sleep(pacing.cutMs);
    if (press !== this.press) return false;
    if (!roll.cutterBlocked) roll.put({ type: 'cut' });
    else this.error = 'cutter';
    this.look();
    return !roll.cutterBlocked;
  }

  /** Puts the drawn symbol in the place of the order to draw it. */
  async #draw({ symbol }: Action & { do: 'symbol' }, press: Press): Promise<void> {
    const bands = (await this.#parts.drawSymbol(symbol, this.#parts.widthDots)) ?? [];
    const steps = bands.map((band, at) => {
      const text = at === bands.length - 1 ? [symbolText(symbol)] : [];
      return { do: 'print', band, text } as const;
    });
    press.actions.splice(1, 0, ...steps);
  }

  #say(action: Action, press: Press): void {
    const { reply, model } = this.#parts;
    if (action.do === 'reply') reply(action.bytes);
    else if (action.do === 'identity') reply(identity(action.which, model.name));
    else if (action.do === 'sensor-reply') reply([action.which === 1 ? paperBits(this.condition) : 0]);
    else if (action.do === 'asb' && press.asbMask !== 0) this.#push();
  }

  #push(): void {
    if (this.#parts.model.answers !== 'all') return;
    this.#lastPushed = watched(this.press.asbMask, this.condition);
    this.#parts.reply(automaticStatus(this.condition));
  }
}
