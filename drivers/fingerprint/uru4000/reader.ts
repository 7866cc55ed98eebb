import type { UsbDevice } from '#drivers/kit/usb-device.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { InterruptLine } from './interrupt-line.ts';
import { type Mode, modes, type Register, registerRequest, registers } from './protocol/registers.ts';

const ANSWER_WITHIN_MS = 5_000;

/** The reader as its registers and its two pipes. */
export class Reader {
  readonly usb: UsbDevice;
  readonly interrupts: InterruptLine;
  readonly clock: Clock;
  readonly random: Random;
  #mode: Mode | 'unknown' = 'unknown';

  constructor(ports: { usb: UsbDevice; interrupts: InterruptLine; clock: Clock; random: Random }) {
    this.usb = ports.usb;
    this.interrupts = ports.interrupts;
    this.clock = ports.clock;
    this.random = ports.random;
  }

  get mode(): Mode | 'unknown' {
    return this.#mode;
  }

  read(register: Register, signal: AbortSignal): Promise<Uint8Array> {
    const { bytes } = registers[register];
    return this.usb.controlIn(registerRequest(register), bytes, { signal, timeoutMs: ANSWER_WITHIN_MS });
  }

  write(register: Register, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.usb.controlOut(registerRequest(register), bytes, { signal, timeoutMs: ANSWER_WITHIN_MS });
  }

  async setMode(mode: Mode, signal: AbortSignal): Promise<void> {
    this.#mode = 'unknown';
    await this.write('mode', Uint8Array.of(modes[mode]), signal);
    this.#mode = mode;
  }
}
