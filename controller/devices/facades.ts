import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';
import type { FingerprintScanner } from '#drivers/fingerprint/fingerprint-scanner.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { Panel, PanelSensors } from '#drivers/panel/panel.ts';
import { withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Supervised } from './supervisor.ts';

const allUnknown: PanelSensors = {
  cardAtExit: 'unknown',
  shutterClosed: 'unknown',
  doorClosed: 'unknown',
  mainsPresent: 'unknown',
};

/** A cable that is put back is found within seconds; nobody stands longer before a printer that is not there. */
const openWithinMs = 60_000;

/**
 * The card printer across its driver's lives: each step waits up to a minute for a driver that is open, and is then carried
 * out once. Nothing is repeated here. Rejects with `card-printer/unreachable` where none came: nothing was sent then.
 */
export function steadyPrinter(printer: Supervised<CardPrinter>, clock: Clock): CardPrinter {
  async function now<T>(step: { signal: AbortSignal }, work: (driver: CardPrinter) => Promise<T>): Promise<T> {
    const opened = withDeadline(clock, openWithinMs, step.signal, (signal) => printer.opened(signal));
    const driver = await opened.catch((cause: unknown) => {
      step.signal.throwIfAborted();
      throw new DeviceError('card-printer/unreachable', 'no printer within a minute', { cause });
    });
    return work(driver);
  }
  return {
    get capabilities() {
      return (
        printer.driver?.capabilities ?? {
          holdsAtExit: true,
          retracts: true,
          rejects: true,
          reportsPosition: true,
          countsRibbon: true,
        }
      );
    },
    get status() {
      return printer.driver?.status ?? { state: 'away', sinceMs: 0 };
    },
    async *statuses(signal) {
      while (!signal.aborted) yield* (await printer.opened(signal)).statuses(signal);
    },
    check: (step) => now(step, (driver) => driver.check(step)),
    witness: (step) => now(step, (driver) => driver.witness(step)),
    feed: (step) => now(step, (driver) => driver.feed(step)),
    print: (face, step) => now(step, (driver) => driver.print(face, step)),
    present: (step) => now(step, (driver) => driver.present(step)),
    retract: (step) => now(step, (driver) => driver.retract(step)),
    reject: (step) => now(step, (driver) => driver.reject(step)),
    locate: (step) => now(step, (driver) => driver.locate(step)),
    fence: (step) => now(step, (driver) => driver.fence(step)),
    async [Symbol.asyncDispose]() {},
  };
}

/** A module that fell silent is found again within seconds; longer nobody stands before a glass that does not see them. */
const scannerWithinMs = 5_000;

/**
 * The scanner across its driver's lives: a capture waits some seconds for a driver that is open, and is then carried out once.
 * Rejects with `fingerprint-scanner/unreachable` where none came.
 */
export function steadyScanner(scanner: Supervised<FingerprintScanner>, clock: Clock): FingerprintScanner {
  async function opened(signal: AbortSignal): Promise<FingerprintScanner> {
    return withDeadline(clock, scannerWithinMs, signal, (stop) => scanner.opened(stop)).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new DeviceError('fingerprint-scanner/unreachable', 'no scanner within some seconds', { cause });
    });
  }
  return {
    get status() {
      return scanner.driver?.status ?? { state: 'away', sinceMs: 0 };
    },
    get info() {
      return scanner.driver?.info ?? null;
    },
    async *statuses(signal) {
      while (!signal.aborted) yield* (await scanner.opened(signal)).statuses(signal);
    },
    capture: async (options) => (await opened(options.signal)).capture(options),
    untilLifted: async (options) => (await opened(options.signal)).untilLifted(options),
    async [Symbol.asyncDispose]() {},
  };
}

/** The panel across its driver's lives: while none is open every sensor is unknown, and the shutter cannot be moved. */
export function steadyPanel(panel: Supervised<Panel>): Panel {
  const gone = () => new DeviceError('panel/unreachable', 'the panel is away');
  return {
    get status() {
      return panel.driver?.status ?? { state: 'away', sinceMs: 0 };
    },
    get sensors() {
      return panel.driver?.sensors ?? allUnknown;
    },
    async *statuses(signal) {
      while (!signal.aborted) yield* (await panel.opened(signal)).statuses(signal);
    },
    async *watch(signal) {
      while (!signal.aborted) {
        if (!panel.driver) yield allUnknown;
        const driver = await panel.opened(signal);
        yield* driver.watch(signal);
        if (panel.driver === driver) return; // it ended because the signal did
      }
    },
    lamp: (lamp, state) => panel.driver?.lamp(lamp, state),
    beep: () => panel.driver?.beep(),
    openShutter: (step) => (panel.driver ? panel.driver.openShutter(step) : Promise.reject(gone())),
    closeShutter: (step) => (panel.driver ? panel.driver.closeShutter(step) : Promise.reject(gone())),
    async [Symbol.asyncDispose]() {},
  };
}
