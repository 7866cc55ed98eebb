import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap, TapRequest } from '#contract/screen/taps.ts';

/** As much of an EventSource as we use; the browser's own fits. */
export interface StateEvents {
  readonly readyState: number;
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  close(): void;
}

export interface Wire {
  /** Opens `GET /state`; reconnects by itself as long as the server can be reached or refuses the connection. */
  openEvents(): StateEvents;
  /** `POST /tap`. The answer is not needed: what a tap changes comes as the next state. */
  post(request: TapRequest): Promise<unknown>;
  /** Gets each state whole, and null as soon as the controller is out of reach. */
  show(state: ScreenState | null): void;
}

export interface Connection {
  tap(tap: Tap): void;
  /** Asks again where the browser gave up, as it does after an answer that is no event stream. Harmless otherwise. */
  reopen(): void;
}

const GAVE_UP = 2; // EventSource.CLOSED

/** Joins page and controller. A press is sent once, with the rev that the person saw, and never repeated by the page. */
export function connect(wire: Wire): Connection {
  let rev: number | null = null;
  let presses = 0;
  let events = listen();

  function listen(): StateEvents {
    const opened = wire.openEvents();
    opened.onmessage = ({ data }) => {
      const state = JSON.parse(data) as ScreenState;
      rev = state.rev;
      wire.show(state);
    };
    opened.onerror = () => {
      rev = null; // what is on the screen may no longer be true, so it goes
      wire.show(null);
    };
    return opened;
  }

  return {
    tap(tap) {
      if (rev === null) return;
      presses += 1;
      const tapId = `tap-${rev}-${presses}-${tap.tap}`;
      // A lost tap shows itself: the screen stays, or the events break off. A 409 means that a newer state is on its way.
      wire.post({ rev, tapId, tap }).catch(() => undefined);
    },
    reopen() {
      if (events.readyState !== GAVE_UP) return;
      events.close();
      events = listen();
    },
  };
}
