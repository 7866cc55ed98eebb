import type { PrinterBranches } from '#drivers/card-printer/evolis/simulator/branches.ts';
import type { Misbehaviour } from '#drivers/card-printer/evolis/simulator/misbehaviour.ts';
import type { Boundary } from '../boundaries.ts';
import type { Expectations } from '../expectations.ts';
import type { Visitor } from '../people.ts';
import type { Universe } from '../universe.ts';

/** One story: who comes, what the machine does wrong, and what else happens. Everything but this is searched. */
export interface Scenario {
  name: string;
  tells: string;
  visitors: readonly Visitor[];
  /** What staff do when nobody is being served, by the names in `staff.ts`. */
  errands?: readonly string[];
  /** The card printer goes wrong, once each. */
  troubles?: readonly Misbehaviour[];
  branches?: Partial<PrinterBranches>;
  /** Something that happens the first time a boundary of this name is met: `kind what moment`. */
  happens?: readonly { at: RegExp; does: (universe: Universe, boundary: Boundary) => void }[];
  /** At each boundary an older disk is put into the kiosk, or a copy of it into another cabinet, and nothing else. */
  oldDisks?: boolean;
  /** Told by `npm run explore` alone: `npm test` has another one that comes to most of the same. */
  isLong?: true;
  /** Until something of its own happens it is the same as this story, and searched there. */
  beginsLike?: string;
  /** Moments count from the beginning, also while everybody still waits. */
  fromTheStart?: boolean;
  /** Somebody keeps a copy of the office's database after each commit. */
  oldOffice?: boolean;
  /** Which events are searched, where not the usual ones. */
  events?: 'epochs' | 'alone' | 'restores' | 'orders';
  /** What may be expected less of it, with nothing else going wrong. */
  allows?: Partial<Expectations>;
}

export const nameOf = ({ kind, what, moment }: Boundary): string => `${kind} ${what} ${moment}`;
