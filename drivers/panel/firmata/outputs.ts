import type { Clock } from '#kit/clock.ts';
import { type Lamp, lamps } from '../panel.ts';

const BLINK_MS = 500;
const BEEP_MS = 150;

/** Lamps and beeper. `write` says which of them shall be on; `over` ends all waiting. */
export class Outputs {
  readonly #clock: Clock;
  readonly #write: (output: Lamp | 'beeper', on: boolean) => void;
  readonly #over: AbortSignal;
  readonly #wanted = new Map<Lamp, 'off' | 'on' | 'blink'>(lamps.map((lamp) => [lamp, 'off']));
  #blinking = false;
  #lit = false;

  constructor(clock: Clock, over: AbortSignal, write: (output: Lamp | 'beeper', on: boolean) => void) {
    this.#clock = clock;
    this.#over = over;
    this.#write = write;
  }

  lamp(lamp: Lamp, state: 'off' | 'on' | 'blink'): void {
    if (this.#wanted.get(lamp) === state) return;
    this.#wanted.set(lamp, state);
    if (state === 'blink' && !this.#blinking) void this.#blink();
    else this.#show(lamp);
  }

  beep(): void {
    this.#write('beeper', true);
    this.#clock.sleep(BEEP_MS, this.#over).then(
      () => this.#write('beeper', false),
      () => undefined,
    );
  }

  /** Says everything again, to a board that has forgotten it. */
  showAll(): void {
    for (const lamp of lamps) this.#show(lamp);
  }

  #show(lamp: Lamp): void {
    const state = this.#wanted.get(lamp);
    this.#write(lamp, state === 'on' || (state === 'blink' && this.#lit));
  }

  /** One rhythm for all lamps that blink, as long as one does. */
  async #blink(): Promise<void> {
    this.#blinking = true;
    while (!this.#over.aborted && this.#blinkers().length > 0) {
      this.#lit = !this.#lit;
      for (const lamp of this.#blinkers()) this.#show(lamp);
      await this.#clock.sleep(BLINK_MS, this.#over).catch(() => undefined);
    }
    this.#blinking = false;
    this.#lit = false;
  }

  #blinkers = () => lamps.filter((lamp) => this.#wanted.get(lamp) === 'blink');
}
