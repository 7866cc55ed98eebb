import { newWorld } from '#cabinet/world/plain.ts';
import type { Authority } from './authority.ts';
import type { CrowdState } from './people.ts';
import type { CabinetState } from './physics.ts';
import { noPost, type PostState } from './post.ts';

/** All that exists when nobody lives: what is on the disks, what lies in the cabinet, what is on its way, who stands where. */
export interface Tuple {
  nowMs: number;
  kioskDb: Uint8Array | null;
  centralDb: Uint8Array | null;
  grants: readonly string[];
  cabinet: CabinetState;
  post: PostState;
  crowd: CrowdState;
  lives: number;
  /** How often the board of the kiosk has started anew. */
  boards: number;
  /** What the oracle has seen so far and must not forget. */
  told: Told;
  /** The kiosk's disk as it was after each commit so far, where somebody keeps old disks. */
  disks?: readonly Uint8Array[];
  /** Which term the office is in, which epoch the kiosk, and what there was before. */
  authority?: Authority;
}

/** What screens and papers have said to people. */
export interface Told {
  reported: string[];
  untruths: string[];
  /** Cards that came out while nobody was being handed one. */
  strays: string[];
  /** What each start of the kiosk's program found, in the order of its `kiosk.started`. */
  starts: Found[];
  /** Whether a card has gone into the box since the newest step of a print was written. */
  boxed: boolean;
  /** In which start of the board presenting was written last. */
  presentedIn: number;
}

export interface Found {
  cardInSlot: boolean;
  /** The printer's volatile error mode is not the kiosk's: it lost its power, or a life before died in its reset. No host can tell which. */
  printerForgot: boolean;
  /** The board had started anew since presenting was written: its disk may be older than what was done with the card. */
  boardAnew: boolean;
  /** A card had gone into the box, and no step was written after it. */
  boxed: boolean;
}

export function firstTuple(crowd: CrowdState, blanks = 12): Tuple {
  const cabinet = { world: newWorld({ blanks }), machines: {}, onTheWire: null };
  return {
    ...{ nowMs: 0, kioskDb: null, centralDb: null, grants: [], cabinet, post: noPost, crowd, lives: 0, boards: 0 },
    told: { reported: [], untruths: [], strays: [], starts: [], boxed: false, presentedIn: 0 },
  };
}
