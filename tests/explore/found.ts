import { cardInBezel } from '#cabinet/world/cards.ts';
import type { MemoryStore } from '#kit/store.ts';
import { kioskState } from './disk-state.ts';
import type { Found } from './tuple.ts';
import type { Universe } from './universe.ts';

/** Card-printer.md 1.7: the error mode that a kiosk sets, and no printer wakes up with. */
const kioskErrorMode = 2;

/** What a start of the kiosk's program finds, as only the world knows it. */
export function foundNow({ physics, world, told, boards }: Universe): Found {
  const { settings } = physics.simulators['card-printer'].snapshot();
  return {
    cardInSlot: cardInBezel(world) !== undefined,
    printerForgot: settings.errorMode !== kioskErrorMode,
    boardAnew: told.presentedIn !== boards,
    boxed: told.boxed,
  };
}

/** How many starts the disks tell of, up to each. One that died before it was written has found what the next one finds. */
export function startsWritten(universe: Universe): { onFormer: number; inAll: number } {
  const on = (bytes: Uint8Array | null, live: MemoryStore | null = null) =>
    bytes ? kioskState(bytes, live).starts : 0;
  const onFormer = universe.authority.former.reduce((sum, { bytes }) => sum + on(bytes), 0);
  return { onFormer, inAll: onFormer + on(universe.kioskDb(), universe.storeOf('kiosk')) };
}
