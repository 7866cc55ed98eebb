import type { Panel } from '#drivers/panel/panel.ts';

/** Watches, from the intent on, for anything that would let a hand reach a card in process. */
export interface SlotWatch extends Disposable {
  /** What was seen, or null: then shutter and door have been proved closed all the time. */
  readonly breach: string | null;
  /** From the presenting on the shutter may be open. */
  allowShutter(): void;
}

/**
 * A door, cover or shutter edge with a card in process makes the body uncertain: it may have been swapped by whoever stood
 * there, so nothing a sensor says afterwards restores the right.
 */
export function watchSlot(panel: Panel): SlotWatch {
  const stop = new AbortController();
  let breach: string | null = null;
  let shutterMayOpen = false;
  const watch = async () => {
    for await (const { doorClosed, shutterClosed } of panel.watch(stop.signal)) {
      if (doorClosed === false) breach ??= 'the door was opened';
      if (!shutterMayOpen && shutterClosed === false) breach ??= 'the shutter was open';
      if (doorClosed === 'unknown') breach ??= 'the sensors were silent';
    }
  };
  watch().catch(() => undefined); // ends with the job
  return {
    get breach() {
      return breach;
    },
    allowShutter() {
      shutterMayOpen = true;
    },
    [Symbol.dispose]: () => stop.abort(),
  };
}
