import { untilAborted, withDeadline } from '#drivers/kit/async.ts';
import type { LinkEnd } from '#drivers/kit/byte-link.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { UsbDevice, UsbFacts } from '#drivers/kit/usb-device.ts';
import type { Clock } from '#kit/clock.ts';
import type { Machine } from './machine.ts';

type Wait = { signal: AbortSignal; timeoutMs?: number };

/** Packets on one pipe, and whoever waits for the next one. */
export class Pipe {
  #packets: Uint8Array[] = [];
  #waiting: ((packet: Uint8Array) => void)[] = [];

  push(packet: Uint8Array): void {
    const first = this.#waiting.shift();
    if (first) first(packet);
    else this.#packets.push(packet);
  }

  /** Whoever gives up leaves the queue, and takes no packet along. */
  next(signal: AbortSignal): Promise<Uint8Array> {
    const ready = this.#packets.shift();
    if (ready) return Promise.resolve(ready);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== resolve);
      };
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}

/** The host's side of the wire: requests go to the machine, packets come from its pipes. */
export class UsbEnd implements UsbDevice {
  readonly facts: UsbFacts;
  readonly interrupts = new Pipe();
  readonly frames = new Pipe();
  readonly #machine: Machine;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  readonly #end = Promise.withResolvers<LinkEnd>();

  constructor(machine: Machine, clock: Clock, facts: UsbFacts) {
    this.#machine = machine;
    this.#clock = clock;
    this.facts = facts;
  }

  get closed(): Promise<LinkEnd> {
    return this.#end.promise;
  }

  get isOpen(): boolean {
    return !this.#over.signal.aborted;
  }

  unplug(): void {
    this.#finish({ reason: 'closed-there' }, 'the device was unplugged');
  }

  controlIn: UsbDevice['controlIn'] = (request, lengthBytes, wait) =>
    this.#answer(wait, async () => {
      this.#refuse('control');
      return this.#machine.read(request.value, lengthBytes);
    });

  controlOut: UsbDevice['controlOut'] = (request, bytes, wait) =>
    this.#answer(wait, async () => {
      this.#refuse('control');
      this.#machine.write(request.value, bytes);
    });

  interruptIn: UsbDevice['interruptIn'] = (_endpoint, _lengthBytes, wait) =>
    this.#answer(wait, async (signal) => {
      const packet = await this.interrupts.next(signal);
      this.#refuse('interrupt');
      return packet;
    });

  bulkIn: UsbDevice['bulkIn'] = (_endpoint, lengthBytes, wait) =>
    this.#answer(wait, async (signal) => (await this.frames.next(signal)).subarray(0, lengthBytes));

  bulkOut: UsbDevice['bulkOut'] = async () => {
    throw new DeviceError('device/protocol', 'no such pipe');
  };

  #refuse(pipe: 'control' | 'interrupt'): void {
    const { refuses } = this.#machine.fault;
    if (refuses[pipe] === 0) return;
    refuses[pipe] -= 1;
    throw new DeviceError('device/protocol', `LIBUSB_TRANSFER_STALL on the ${pipe} pipe`);
  }

  async #answer<T>({ signal, timeoutMs }: Wait, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const either = AbortSignal.any([signal, this.#over.signal]);
    either.throwIfAborted();
    const answers = (cut: AbortSignal) =>
      this.#machine.fault.silent ? new Promise<never>(() => undefined) : work(cut);
    if (timeoutMs !== undefined) return withDeadline(this.#clock, timeoutMs, either, answers);
    return untilAborted(answers(either), either);
  }

  #finish(end: LinkEnd, detail: string): void {
    this.#end.resolve(end);
    this.#over.abort(new DeviceError('link/lost', detail));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#finish({ reason: 'closed-here' }, 'closed here');
  }
}
