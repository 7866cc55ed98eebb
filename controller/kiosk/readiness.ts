import type { ProblemCode } from '#contract/problems/codes.ts';
import { codeOf } from '#contract/problems/codes.ts';
import type { Devices } from '#controller/devices/devices.ts';
import { recover, settleCounter } from '#controller/jobs/recover.ts';
import { panelForbids } from '#controller/jobs/slot.ts';
import type { Journal } from '#controller/journal/journal.ts';
import type { FeederWatch } from '#controller/operators/feeder-watch.ts';
import type { Training } from '#controller/operators/training.ts';
import type { CardPrinter, CardPrinterReadiness } from '#drivers/card-printer/card-printer.ts';
import { withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';
import type { Log } from '#kit/log.ts';
import { type Store, StoreBroken } from '#kit/store.ts';

export interface ReadinessPorts {
  devices: Devices;
  journal: Journal;
  store: Store;
  clock: Clock;
  log: Log;
  /**
   * Called when nothing is open any more. `compared`: the printer's counters were held against the journal. False: not all
   * that it leads to may be done yet; called again then.
   */
  settled: (compared: boolean) => boolean;
  /** Whatever else closes this kiosk: each says why, or null. The first that does is shown. */
  closedBy: readonly (() => ProblemCode | null)[];
  /** While officers train with SPECIMEN blanks the machine is brought to a known state by their rules, and is left to them. */
  training: Pick<Training, 'on' | 'busy' | 'settle'>;
  /** What the feeder's sensor says is held against the books. */
  feeder: FeederWatch;
}

export interface Readiness {
  /** The path is proved clear and nothing is open from an earlier life, on the driver that is open now. */
  readonly clear: boolean;
  /** Why nobody is served with a card, whatever printer and slot say; null where nothing forbids it. */
  closed(): ProblemCode | null;
  /** What the printer and the slot would refuse a card for, as last seen. */
  faults(): ProblemCode[];
  readonly ribbonPrintsLeft: number | null;
  /** Brings printer and slot to a known state if that is due, and looks at the printer. Never throws but StoreBroken and abort. */
  look(signal: AbortSignal): Promise<void>;
}

const lookWithinMs = 60_000;

/** No visit is running when `look` is called: recovery and jobs never share the printer. */
export function openReadiness(ports: ReadinessPorts): Readiness {
  const { devices, journal, store, clock, log, settled, closedBy, training, feeder } = ports;
  let clearedFor: CardPrinter | null = null;
  let isCompared = false;
  let isSettled = true;
  let seen: CardPrinterReadiness | null = null;
  let fault: ProblemCode | null = null;

  async function makeClear(signal: AbortSignal): Promise<void> {
    const driver = devices.cardPrinterDriver;
    if (!driver || (driver === clearedFor && (training.on || isCompared))) return;
    const { printer, panel } = devices;
    if (training.on) await training.settle(signal);
    else log.info({ attempts: await recover({ journal, store, clock, printer, panel }, signal) }, 'the slot is clear');
    clearedFor = driver;
    isCompared ||= !training.on;
    isSettled = false;
  }

  /** A shutter that was wedged closes when it is asked again, after somebody freed it; until then it stays a fault. */
  async function closeFreedShutter(signal: AbortSignal): Promise<void> {
    const { panel } = devices;
    const wedged = devices.health().panel?.code === 'panel/shutter-stuck' || panel.sensors.shutterClosed === false;
    if (wedged && panel.sensors.cardAtExit === false) await panel.closeShutter({ signal });
  }

  return {
    get clear() {
      return clearedFor !== null && clearedFor === devices.cardPrinterDriver;
    },
    get ribbonPrintsLeft() {
      return typeof seen?.ribbonPrintsLeft === 'number' ? seen.ribbonPrintsLeft : null;
    },
    closed() {
      for (const why of closedBy) {
        const code = why();
        if (code) return code;
      }
      return null;
    },
    faults() {
      const slot = panelForbids(devices.panel);
      return [slot, fault, ...refusals(seen)].filter((code) => code !== null);
    },
    async look(signal) {
      if (training.busy) return; // the printer is somebody else's now
      try {
        await withDeadline(clock, lookWithinMs, signal, async (stop) => {
          if (!devices.cardPrinterDriver || panelForbids(devices.panel) === 'panel/sensor-silent') return;
          await closeFreedShutter(stop);
          await makeClear(stop);
          if (!isSettled) isSettled = settled(isCompared);
          seen = await devices.printer.check({ signal: stop });
          feeder.look(seen.feederHasCards);
          if (seen.inside === 'none' && !training.on)
            await settleCounter({ store, journal, printer: devices.printer }, stop);
          if (seen.inside !== 'none') clearedFor = null; // a card that should not be there: cleared at the next look
        });
        fault = null;
      } catch (error) {
        if (error instanceof StoreBroken || signal.aborted) throw error;
        fault = codeOf(error, 'card-printer/hardware');
        log.warn({ problem: fault }, 'printer or slot is not clear');
      }
    },
  };
}

function refusals(seen: CardPrinterReadiness | null): (ProblemCode | null)[] {
  if (!seen) return [];
  return [
    seen.inside !== 'none' ? 'card-printer/card-not-expected' : null,
    seen.coverClosed === false ? 'card-printer/cover-open' : null,
    seen.ribbonPrintsLeft === 0 ? 'card-printer/ribbon-ended' : null,
    seen.rejectBoxHasRoom === false ? 'card-printer/reject-box-full' : null,
    seen.feederHasCards === false ? 'card-printer/feeder-empty' : null,
  ];
}
