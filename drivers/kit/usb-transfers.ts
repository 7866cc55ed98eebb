import type { Clock } from '#kit/clock.ts';
import { untilAborted, withDeadline } from './async.ts';
import type { LinkEnd } from './byte-link.ts';
import { DeviceError } from './device-error.ts';

/** What we use of node-usb's `Transfer`. */
export interface Transfer {
  submit(buffer: Buffer): unknown;
  cancel(): boolean;
}
export type TransferDone = (error: UsbFault | undefined, buffer: Buffer, actualBytes: number) => void;
export type UsbFault = Error & { errno?: number };
export type TransferKind = 'control' | 'interrupt' | 'bulk';
export type MakeTransfer = (endpoint: number, kind: TransferKind, done: TransferDone) => Transfer;

export type Wait = { signal: AbortSignal; timeoutMs?: number };
type Pending = { transfer: Transfer; over: Promise<unknown>; lose: (why: DeviceError) => void };

/** libusb: LIBUSB_ERROR_NO_DEVICE of a call, LIBUSB_TRANSFER_NO_DEVICE of a transfer. */
const GONE = new Set([-4, 5]);
/** A cancelled transfer comes back from the kernel within one frame of the bus. */
const GRACE_MS = 500;

/**
 * The transfers under way on one device. Each has its deadline from our clock: libusb's own timeouts are not kept while the
 * bus is idle (usb 2.18: 500 ms asked, 60 s got).
 */
export class Transfers {
  readonly #make: MakeTransfer;
  readonly #clock: Clock;
  readonly #pending = new Set<Pending>();
  readonly #end = Promise.withResolvers<LinkEnd>();
  #lost: DeviceError | undefined;

  constructor(make: MakeTransfer, clock: Clock) {
    this.#make = make;
    this.#clock = clock;
  }

  get closed(): Promise<LinkEnd> {
    return this.#end.promise;
  }

  /** Hands the buffer to the kernel and resolves with the part of it that was transferred. */
  async run(endpoint: number, kind: TransferKind, buffer: Buffer, wait: Wait): Promise<Buffer> {
    wait.signal.throwIfAborted();
    if (this.#lost) throw this.#lost;
    const done = Promise.withResolvers<Buffer>();
    done.promise.catch(() => undefined);
    const transfer = this.#make(endpoint, kind, (error, bytes, actualBytes) => {
      if (error) done.reject(this.#faultOf(error));
      else done.resolve(bytes.subarray(0, actualBytes));
    });
    try {
      transfer.submit(buffer);
    } catch (error) {
      throw this.#faultOf(error as UsbFault);
    }
    return this.#settle(transfer, done.promise, wait);
  }

  async #settle(transfer: Transfer, done: Promise<Buffer>, wait: Wait): Promise<Buffer> {
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined);
    const pending = { transfer, over: done.catch(() => undefined), lose: lost.reject };
    this.#pending.add(pending);
    void pending.over.then(() => this.#pending.delete(pending));
    try {
      return await this.#inTime(Promise.race([done, lost.promise]), wait);
    } catch (why) {
      if (!this.#pending.has(pending) || this.#lost) throw why;
      transfer.cancel();
      return await this.#lateBytes(done, why);
    }
  }

  #inTime<T>(work: Promise<T>, { signal, timeoutMs }: Wait): Promise<T> {
    if (timeoutMs !== undefined) return withDeadline(this.#clock, timeoutMs, signal, () => work);
    return untilAborted(work, signal);
  }

  /** What had come when the wait was given up; `why` where nothing had. */
  async #lateBytes(done: Promise<Buffer>, why: unknown): Promise<Buffer> {
    try {
      return await withDeadline(this.#clock, GRACE_MS, undefined, () => done);
    } catch {
      throw this.#lost ?? why;
    }
  }

  #faultOf(error: UsbFault): DeviceError {
    if (this.#lost) return this.#lost;
    if (GONE.has(error.errno ?? 0)) return this.#lose({ reason: 'closed-there' }, 'the device was unplugged', error);
    return new DeviceError('device/protocol', error.message, { cause: error });
  }

  #lose(end: LinkEnd, detail: string, cause?: Error): DeviceError {
    this.#lost ??= new DeviceError('link/lost', detail, cause && { cause });
    this.#end.resolve(end);
    for (const pending of this.#pending) {
      pending.transfer.cancel();
      pending.lose(this.#lost);
    }
    return this.#lost;
  }

  /** Ends everything under way. Resolves when the kernel has let go of it, or has had time enough. */
  async close(): Promise<void> {
    const over = [...this.#pending].map((pending) => pending.over);
    this.#lose({ reason: 'closed-here' }, 'closed here');
    if (over.length === 0) return;
    await withDeadline(this.#clock, GRACE_MS, undefined, () => Promise.all(over)).catch(() => undefined);
  }
}
