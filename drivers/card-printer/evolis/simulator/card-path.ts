export type Panel = 'y' | 'm' | 'c' | 'k' | 'o';

/**
 * What one pass under the head left on a card. `bitmap` is as the head got it: 1016 lines of 648 dots, first dot in the
 * most significant bit, packed without gaps. A line is a column of the landscape card, from left to right, read upwards
 * from the bottom edge (sheet 1.3).
 * y, m, c: 7 bits per dot, 0 = no dye, 127 = all of it: 567 bytes a line, 576 072 in all. Coarser downloads are scaled up.
 * k, o: 1 bit per dot, 1 = resin or varnish: 81 bytes a line, 82 296 in all.
 * A pass that was interrupted has zeros from the line where it stopped. A bitmap is never changed after it was handed over.
 */
export interface InkedPanel {
  panel: Panel;
  bitmap: Uint8Array;
}

/** Where in the printer a card stands. */
export type Station = 'print' | 'contact' | 'contactless' | 'exit';

/**
 * The slice of the physical world that a card printer touches. Cards are named by an id that no wire ever carries.
 * Nothing here decides or remembers for the printer: it is plastic, dye and levers.
 */
export interface CardPath {
  readonly feeder: { cards: number; nearEmptyAt: number; jammed: boolean };
  readonly rejectBox: { cards: number; capacity: number };
  readonly coverClosed: boolean;
  /** Panels are consumed in order; `prints` is what is left of the roll, `zone` its region code; null = none fitted. */
  readonly ribbon: { prints: number; capacity: number; zone: string; broken: boolean } | null;
  /** The card in the transport (not the exit), and where. */
  readonly inside: { card: string; at: Station } | null;
  /** A card stands in the bezel: its front half is outside and a hand can take it. Null as soon as it is taken. */
  readonly atExit: string | null;
  /** Moves the lowest card of the feeder to a station; null where the feeder is empty; may throw nothing. */
  feed(to: Station): string | null;
  /**
   * A second card clings to the lowest one: both leave the feeder, `inside` names the lowest, and the other goes wherever
   * that one goes, unseen by every sensor. Where only one is left it is fed alone. A world without this feeds one.
   */
  feedTwo?(to: Station): string | null;
  /** Moves the card inside to another station. */
  move(to: Exclude<Station, 'exit'>): void;
  /** Moves the card inside out to the bezel. False where the shutter or another card blocks it: the card stays inside. */
  present(): boolean;
  /** Pulls the card in the bezel back inside. False where none is there any more. */
  retract(): boolean;
  /** Drops the card inside into the reject box. False where the box is full: the card stays inside. */
  reject(): boolean;
  /** Dye or resin of one panel lands on the card inside; the units of `bitmap` stand at `InkedPanel`. */
  ink(panel: Panel, bitmap: Uint8Array): void;
  /** One set of panels has passed the head. */
  usePanels(): void;
  /** Counters that survive power: cards fed in the printer's life. */
  readonly cardsFed: number;
  countFeed(): void;
}
