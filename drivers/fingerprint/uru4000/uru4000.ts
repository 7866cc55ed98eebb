import { DeviceError } from '#drivers/kit/device-error.ts';
import type { OpenUsb, UsbDevice } from '#drivers/kit/usb-device.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import { type CaptureBackend, CaptureLoop, type Judge } from '../capture.ts';
import type { CaptureOptions, FingerprintScanner, FingerprintScannerInfo } from '../fingerprint-scanner.ts';
import type { GreyImage } from '../grey-image.ts';
import { inScannerWords } from './faults.ts';
import { InterruptLine } from './interrupt-line.ts';
import { powerUp } from './power-up.ts';
import { frameSize } from './protocol/frame.ts';
import { readPicture } from './read-picture.ts';
import { Reader } from './reader.ts';

export { usbIds } from './protocol/registers.ts';

export interface Uru4000Options {
  /** True dots per inch of this model. The default is from reports, not from a measured reader. */
  dpi?: number;
}
const REPORTED_DPI = 512;

export interface Uru4000Ports {
  openUsb: OpenUsb;
  clock: Clock;
  random: Random;
  judge: Judge;
  options?: Uru4000Options;
  signal?: AbortSignal;
}

/** Opens a U.are.U 4000B or 4500. Rejects where none is found, or where it does not come to life. */
export async function openUru4000(ports: Uru4000Ports): Promise<FingerprintScanner> {
  const signal = ports.signal ?? new AbortController().signal;
  const usb = await inScannerWords(signal, () => ports.openUsb({ signal }));
  const closing = new AbortController();
  try {
    const interrupts = new InterruptLine(usb, closing.signal);
    const reader = new Reader({ ...ports, usb, interrupts });
    const versions = await inScannerWords(signal, () => powerUp(reader, signal));
    return new Uru4000(reader, infoOf(usb, versions, ports.options?.dpi ?? REPORTED_DPI), ports.judge, closing);
  } catch (error) {
    closing.abort(error);
    await usb[Symbol.asyncDispose]();
    throw error;
  }
}

function infoOf({ facts }: UsbDevice, versions: string, dpi: number): FingerprintScannerInfo {
  const { widthPx, heightPx } = frameSize;
  const model = `DigitalPersona U.are.U 4500 (${versions})`;
  return { model, serial: facts.serial, widthPx, heightPx, dpi, greyLevels: 256, hasPad: false };
}

class Uru4000 implements FingerprintScanner {
  readonly info: FingerprintScannerInfo;
  readonly #reader: Reader;
  readonly #loop: CaptureLoop;
  readonly #closing: AbortController;

  constructor(reader: Reader, info: FingerprintScannerInfo, judge: Judge, closing: AbortController) {
    this.info = info;
    this.#reader = reader;
    this.#closing = closing;
    this.#loop = new CaptureLoop({ backend: new Uru4000Backend(reader, info), judge, clock: reader.clock });
    void reader.usb.closed.then(() => this.#loop.lost());
  }

  get status() {
    return this.#loop.status;
  }

  statuses(signal: AbortSignal) {
    return this.#loop.statuses(signal);
  }

  capture(options: CaptureOptions) {
    return this.#loop.capture(options);
  }

  untilLifted(options: { timeoutMs: number; signal: AbortSignal }) {
    return this.#loop.untilLifted(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loop.close();
    await turnOff(this.#reader).catch(() => undefined); // a reader that is gone is off
    this.#closing.abort(new DeviceError('fingerprint-scanner/unreachable', 'closed here'));
    await this.#reader.usb[Symbol.asyncDispose]();
  }
}

/** The light under the glass goes off. */
async function turnOff(reader: Reader): Promise<void> {
  if (reader.mode !== 'off') await reader.setMode('off', new AbortController().signal);
}

class Uru4000Backend implements CaptureBackend {
  readonly #reader: Reader;
  readonly #info: FingerprintScannerInfo;

  constructor(reader: Reader, info: FingerprintScannerInfo) {
    this.#reader = reader;
    this.#info = info;
  }

  untilTouched(signal: AbortSignal): Promise<void> {
    return inScannerWords(signal, async () => {
      this.#reader.interrupts.forget();
      try {
        await this.#reader.setMode('untilTouched', signal);
        await this.#reader.interrupts.hears('touched', signal);
      } catch (error) {
        if (signal.aborted) await turnOff(this.#reader);
        throw error;
      }
    });
  }

  readImage(tell: (part: number) => void, signal: AbortSignal): Promise<GreyImage> {
    return inScannerWords(signal, async () => {
      tell(0);
      const { widthPx, heightPx, dpi } = this.#info;
      const pixels = await readPicture(this.#reader, signal).finally(() => this.#watchForLifting(signal));
      tell(1);
      return { widthPx, heightPx, dpi, pixels };
    });
  }

  /** At once, also after a failure: whether the reader reports a finger that went before it was asked is not known. */
  async #watchForLifting(signal: AbortSignal): Promise<void> {
    await this.#reader.setMode('untilLifted', signal);
  }

  untilLifted(signal: AbortSignal): Promise<void> {
    return inScannerWords(signal, async () => {
      await this.#reader.interrupts.hears('lifted', signal);
      await turnOff(this.#reader);
    });
  }
}
