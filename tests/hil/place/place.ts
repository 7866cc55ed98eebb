import type { World } from '#cabinet/world/plain.ts';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { Entry, EntryType } from '#contract/uplink/entries.ts';
import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import type { Allowed } from './adds-up.ts';
import type { Accounts } from './books.ts';
import type { CentralDesk } from './central.ts';
import type { Citizen } from './citizen.ts';
import type { CardInHand } from './faces.ts';
import type { Enrolled } from './fingers.ts';
import type { KioskProcess } from './kiosk-life.ts';
import type { Scene } from './scene.ts';
import type { ScreenWatch } from './screen-watch.ts';
import type { Operator, Technician } from './staff.ts';

export interface PlaceSetup {
  cabinet?: {
    cardsInFeeder?: number;
    ribbonPrints?: number;
    rejectBoxHolds?: number;
    /** What nobody has seen the real printer do, and this one does. */
    printerBranches?: Partial<PrinterBranches>;
    /** A camera is a program of its own, and makes every wire of the cabinet a real socket. */
    camera?: boolean;
    /** A glass to put fingers on, and which fingers central holds of whom; of everybody else both index fingers. */
    scanner?: Enrolled;
  };
  dayLimit?: number;
}

/** A kiosk at an office, the people around it, and what can be seen of it. */
export interface Place extends AsyncDisposable {
  readonly operator: Operator;
  readonly technician: Technician;
  readonly central: CentralDesk;
  readonly kiosk: KioskProcess;
  citizen(code: string): Citizen;
  /** Waits until the screen shows a step, or a code of the problem table. */
  screenShows(...wanted: string[]): Promise<void>;
  readonly screen: ScreenState;
  /** Waits until the next person could be served with a card. */
  isReady(): Promise<void>;
  /** Cards that this person holds and that bear this person's whole face. */
  cardsInHand(citizen: { code: string }): Promise<CardInHand[]>;
  /** The papers that lie in the tray or were taken, newest last, as text. */
  papers(): string[];
  entries<T extends EntryType>(type: T): Extract<Entry, { type: T }>[];
  readonly stock: Accounts;
  readonly reported: boolean;
  /** Runs when the head has laid this panel on a card, before anything else happens. */
  atPanel(panel: 'y' | 'm' | 'c' | 'k' | 'o', act: () => void): void;
  /** A finger on the page; does not wait for what comes of it. */
  touches(tap: Tap): void;
  /** A hand at the slot, whatever the screen says: takes the card as soon as one is there. */
  handTakesCard(citizen: { code: string }): Promise<void>;
  /** Whether the kiosk knows more than central has heard. */
  journalAheadOfCentral(): boolean;
  readonly watch: ScreenWatch;
  nextMorning(): Promise<void>;
  passes(seconds: number): Promise<void>;
  /** Waits for something that has no word of its own. */
  until(what: string, wanted: () => boolean): Promise<void>;
  readonly world: World;
  readonly scene: Scene;
  addsUp(allowed?: Allowed): Promise<void>;
}
