import { Remembered } from '#drivers/kit/async.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { UsbDevice } from '#drivers/kit/usb-device.ts';
import { INTERRUPT_BYTES, type Interrupt, parseInterrupt } from './protocol/interrupts.ts';
import { endpoints } from './protocol/registers.ts';

type Heard = { words: ReadonlySet<Interrupt>; over?: unknown };

/** Before a device is known to be gone, the bus may report a few transfers as merely failed. */
const MOST_FAILURES_IN_A_ROW = 3;

/** What the reader says by itself. A transfer waits on this pipe at all times, so that unplugging shows at once. */
export class InterruptLine {
  readonly #usb: UsbDevice;
  readonly #heard = new Remembered<Heard>({ words: new Set() });

  constructor(usb: UsbDevice, signal: AbortSignal) {
    this.#usb = usb;
    void this.#listen(signal);
  }

  /** What was said so far does not count: something new is about to be asked. */
  forget(): void {
    const { over } = this.#heard.value;
    if (over === undefined) this.#heard.set({ words: new Set() });
  }

  /** Resolves when the reader says so, or has said so since the last `forget`. */
  async hears(wanted: Interrupt, signal: AbortSignal): Promise<void> {
    const { over } = await this.#heard.until((now) => now.over !== undefined || now.words.has(wanted), signal);
    if (over !== undefined) throw over;
  }

  async #listen(signal: AbortSignal): Promise<void> {
    for (let failures = 0; failures < MOST_FAILURES_IN_A_ROW; ) {
      try {
        this.#hear(await this.#usb.interruptIn(endpoints.interruptIn, INTERRUPT_BYTES, { signal }));
        failures = 0;
      } catch (error) {
        failures += 1;
        const passing = error instanceof DeviceError && error.code === 'device/protocol';
        if (passing && failures < MOST_FAILURES_IN_A_ROW) continue;
        return this.#heard.set({ words: new Set(), over: error });
      }
    }
  }

  #hear(packet: Uint8Array): void {
    const word = parseInterrupt(packet);
    if (word) this.#heard.set({ words: new Set([...this.#heard.value.words, word]) });
  }
}
