import type { ProblemCode } from '#contract/problems/codes.ts';

export type CardPrinterStatus =
  | { state: 'ready'; ribbonPrintsLeft: number | 'unknown' }
  | { state: 'busy'; doing: 'feed' | 'print' | 'present' | 'retract' | 'reject' | 'recover' }
  | { state: 'needs-attention'; problem: ProblemCode }
  | { state: 'away'; sinceMs: number };

/** Where a card is, by the printer's own sensors. Absence is never evidence of anything except "it may have left". */
export type CardPlace = 'none' | 'inside' | 'at-exit' | 'unknown';

/** What a card face is: planes row-major, landscape, first row on top. */
export interface CardFace {
  readonly widthPx: number;
  readonly heightPx: number;
  /** RGB, 3 bytes per pixel, 255 = no dye. */
  readonly colour: Uint8Array;
  /** 1 bit per pixel, rows padded to whole bytes, MSB first, 1 = black resin. */
  readonly black: Uint8Array;
  /** 1 bit per pixel, as `black`; 1 = varnish. */
  readonly overlay: Uint8Array;
}

/** What this printer can do; an absent step is skipped, never pretended. */
export interface CardPrinterCapabilities {
  holdsAtExit: boolean;
  retracts: boolean;
  rejects: boolean;
  reportsPosition: boolean;
  countsRibbon: boolean;
}

/** The printer's own memory, as a witness for the journal. `null` where it did not say. */
export interface CardPrinterWitness {
  serial: string | null;
  /** Cards fed in the printer's life. */
  cardsFed: number | null;
  ribbonPrintsLeft: number | null;
}

/** Conditions that refuse a card before one is moved. */
export interface CardPrinterReadiness {
  feederHasCards: boolean | 'unknown';
  rejectBoxHasRoom: boolean | 'unknown';
  ribbonPrintsLeft: number | 'unknown';
  coverClosed: boolean | 'unknown';
  inside: CardPlace;
}

/** What a fence saw before its reset: afterwards the printer may have moved a card by itself. */
export interface FenceFindings {
  /** `kept`: since it was last set up it was neither switched off nor reset. */
  power: 'kept' | 'lost' | 'unknown';
  placeBefore: CardPlace;
}

interface Step {
  signal: AbortSignal;
}

/**
 * One card printer, one card at a time. Steps never overlap: a second call waits for the first.
 * Each step rejects with `DeviceError`; aborting stops the wait, never the rollers.
 */
export interface CardPrinter extends AsyncDisposable {
  readonly capabilities: CardPrinterCapabilities;
  /** The last thing the printer told us. Never waits for the wire. */
  readonly status: CardPrinterStatus;
  /** Yields the current status at once, then every change, until `signal` aborts. */
  statuses(signal: AbortSignal): AsyncIterable<CardPrinterStatus>;
  /** Asks the printer for everything that could refuse a card. Moves nothing. */
  check(step: Step): Promise<CardPrinterReadiness>;
  witness(step: Step): Promise<CardPrinterWitness>;
  /** Takes one blank from the feeder to the print position. Rejects `card-printer/feeder-empty` before anything moved. */
  feed(step: Step): Promise<void>;
  /**
   * Prints the face and resolves with the card held inside. Once ink may have flowed a fault rejects with a code whose
   * card is `suspect`; a silence rejects with `card-printer/outcome-unknown`, never with "cancelled".
   * `onProgress` gets a fraction from 0 to 1 as panels are done.
   */
  print(face: CardFace, step: Step & { onProgress?: (fraction: number) => void }): Promise<void>;
  /** Moves the card to the exit and holds it there. Whether it was taken is the exit sensor's to say. */
  present(step: Step): Promise<void>;
  /** Pulls a card that stands at the exit back inside. */
  retract(step: Step): Promise<void>;
  /** Moves the card inside to the reject box; resolves only when the transport has proved empty. */
  reject(step: Step): Promise<void>;
  /** Where a card is now, read between two reads that cannot be mistaken for it. */
  locate(step: Step): Promise<CardPlace>;
  /**
   * Makes a printer whose past is unknown harmless: waits until idle, resets, sends the kiosk settings and reads them back.
   * `flush` allows sending bytes that may complete a half-received panel (and so ink): only when that card counts as spoiled already.
   * `beforeReset` is told what was found and can make it durable: what it throws ends the fence before the reset.
   */
  fence(step: Step & { flush: boolean; beforeReset?: (found: FenceFindings) => void }): Promise<FenceFindings>;
}
