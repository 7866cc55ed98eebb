import { cardInBezel } from '#cabinet/world/cards.ts';
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
