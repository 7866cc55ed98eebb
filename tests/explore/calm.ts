import { openOrders } from './epochs.ts';
import type { Universe } from './universe.ts';

/** Nobody is being served, and the office has everything. */
export function isCalm({ kiosk, central, mends, crowd, post }: Universe): boolean {
  const isEverybodyGone = crowd.visitors.every(({ state }) => state === 'gone') && crowd.errands.length === 0;
  if (!kiosk || !central || mends > 0 || !isEverybodyGone) return false;
  const { controller } = kiosk;
  const { at } = controller.kiosk.screen.value.screen;
  const isReported = controller.uplink.ackedSeq.value === controller.journal.head().seq;
  return (at === 'welcome' || kiosk.fault !== null) && isReported && post.state.letters.length === 0;
}

const missedAfterMs = 4_000;
const lookedAgainAfterMs = 40_000;
const orderGivesUpAfterMs = 130_000;

/**
 * How long it must be calm to be at rest: longer than a device takes to be missed; where nobody is served, longer than the kiosk
 * takes to look again, and where an order waits for the printer there, longer than it waits.
 */
export function calmForMs(universe: Universe): number {
  const screen = universe.kiosk?.controller.kiosk.screen.value.screen;
  if (screen?.at === 'welcome' && screen.service.mode === 'full') return missedAfterMs;
  return openOrders(universe).length > 0 ? orderGivesUpAfterMs : lookedAgainAfterMs;
}
