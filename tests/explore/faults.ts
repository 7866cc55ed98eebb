import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import type { Boundary } from './boundaries.ts';
import type { Expectations } from './expectations.ts';
import type { Tuple } from './tuple.ts';
import type { Universe } from './universe.ts';

/** What the machine may have done to it while nobody drives it, or while it serves somebody. */
export interface Fault {
  name: string;
  /** What may be expected of a world that went through it. */
  allows: Partial<Expectations>;
}

/** An end of the kiosk's process at a boundary, and what happens until it lives again. */
export interface Death extends Fault {
  /** Belongs to every search, also to a part of one. */
  usual?: true;
  branches?: Partial<PrinterBranches>;
  /** Whether it makes a difference to what lies there. */
  matters?: (tuple: Tuple, boundary: Boundary) => boolean;
  /** The office lives unless it says otherwise; the kiosk is dead. */
  meanwhile: (universe: Universe) => Promise<void>;
  killsCentral?: boolean;
  /** What lies there is not what was there: another disk, another cabinet. */
  swaps?: (tuple: Tuple) => Tuple;
}

/** Something that happens to a kiosk that lives on. */
export interface Mishap extends Fault {
  /** What it breaks: it is tried where something is asked of that, or written by the kiosk. Left out: where it matters. */
  breaks?: 'devices' | 'answers' | 'office';
  /** It strikes just before something is done; usually it is just after. */
  isBefore?: true;
  matters?: (universe: Universe, boundary: Boundary) => boolean;
  strike: (universe: Universe, boundary: Boundary) => void;
}

/** What a person's hand, or a printer that does as it likes, leaves to people. */
export const person = { mayDoubt: true } as const;
