import type { Panel, PanelSensors } from '#drivers/panel/panel.ts';
import { DeadlineError, Remembered, withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';

/** What the exit sensor has reported since the card was presented: edges, not how it stands when somebody looks. */
export interface ExitEdges {
  standing: boolean;
  /** How often something came into the slot, and how often the slot was empty after that. */
  arrivals: number;
  departures: number;
}

/** Watches, from the intent on, for anything that would let a hand reach a card in process. */
export interface SlotWatch extends Disposable {
  /** What was seen, or null: then shutter and door have been proved closed all the time. */
  readonly breach: string | null;
  /** Whether the door was seen open: then it need not have been the hand in the slot that took the card. */
  readonly doorOpened: boolean;
  readonly exit: ExitEdges;
  /** From the presenting on the shutter may be open, and the edges at the exit count, from none; `doorSeen` where the door opens then. */
  allowShutter(doorSeen: () => void): void;
  /**
   * Resolves with true when the slot has become empty more often than `known`, and is empty; with false when `waitMs` are
   * over. An edge is remembered also where nobody waited for it at that moment.
   */
  untilEmptied(known: number, clock: Clock, waitMs: number, signal: AbortSignal): Promise<boolean>;
}

const noEdges: ExitEdges = { standing: false, arrivals: 0, departures: 0 };

/** The edges so far, and what the driver had counted by then. */
type Counted = ExitEdges & { emptied: number };

/** The driver's count tells of edges that were over before anybody looked; a new driver counts from 0 again. */
function afterReport(edges: Counted, { cardAtExit, exitEmptied = 0 }: PanelSensors): Counted {
  const { standing, arrivals, departures, emptied } = edges;
  const counted = exitEmptied < emptied ? exitEmptied : exitEmptied - emptied;
  const gone = Math.max(counted, standing && cardAtExit === false ? 1 : 0);
  const stands = cardAtExit === 'unknown' ? standing && gone === 0 : cardAtExit;
  return {
    standing: stands,
    arrivals: arrivals + gone + Number(stands) - Number(standing),
    departures: departures + gone,
    emptied: exitEmptied,
  };
}

/**
 * A door, cover or shutter edge with a card in process makes the body uncertain: it may have been swapped by whoever stood
 * there, so nothing a sensor says afterwards restores the right.
 */
export function watchSlot(panel: Pick<Panel, 'sensors' | 'watch'>): SlotWatch {
  const stop = new AbortController();
  const exit = new Remembered<Counted>({ ...noEdges, emptied: 0 });
  let breach: string | null = null;
  let doorOpened = false;
  let isPresenting = false;
  let doorSeen = (): void => undefined;
  const watch = async () => {
    for await (const sensors of panel.watch(stop.signal)) {
      const { doorClosed, shutterClosed, cardAtExit } = sensors;
      if (doorClosed === false && !doorOpened) {
        doorOpened = true;
        doorSeen();
      }
      if (doorOpened) breach ??= 'the door was opened';
      if (!isPresenting && shutterClosed === false) breach ??= 'the shutter was open';
      if (doorClosed === 'unknown' || cardAtExit === 'unknown') breach ??= 'the sensors were silent';
      if (isPresenting) exit.set(afterReport(exit.value, sensors));
    }
  };
  watch().catch(() => undefined); // ends with the job
  return {
    get breach() {
      return breach;
    },
    get doorOpened() {
      return doorOpened;
    },
    get exit() {
      return exit.value;
    },
    allowShutter(whenDoorSeen) {
      isPresenting = true;
      doorSeen = whenDoorSeen;
      const { sensors } = panel;
      exit.set(afterReport({ ...noEdges, emptied: sensors.exitEmptied ?? 0 }, sensors));
    },
    async untilEmptied(known, clock, waitMs, signal) {
      const isEmptied = ({ standing, departures }: ExitEdges) => !standing && departures > known;
      try {
        await withDeadline(clock, waitMs, signal, (cut) => exit.until(isEmptied, cut));
        return true;
      } catch (error) {
        if (error instanceof DeadlineError) return false;
        throw error;
      }
    },
    [Symbol.dispose]: () => stop.abort(),
  };
}
