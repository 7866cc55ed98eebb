import { factsIn, journalOf, stockIn } from '../books.ts';
import { blanksAt } from '../cards.ts';
import type { Expectations } from '../expectations.ts';
import type { Universe } from '../universe.ts';

/** In the end somebody is welcome, or it says what a person has to do, and that is so. */
export function lifeFaults(universe: Universe, isQuiet: boolean, { mayStand }: Expectations): string[] {
  const { kiosk, central } = universe;
  if (!kiosk || !central) return [];
  const { screen } = kiosk.controller.kiosk.screen.value;
  const shows = JSON.stringify(screen).slice(0, 130);
  const died = [kiosk.fault, central.fault].flatMap((fault) => (fault ? [`life: it ended by itself: ${fault}`] : []));
  if (!isQuiet) return [...died, `life: it never comes to rest, and shows ${shows}`];
  if (mayStand || (screen.at === 'welcome' && screen.service.mode === 'full')) return died;
  const reason = screen.at === 'welcome' ? screen.service.reason : null;
  const isSo = reason !== null && tasks[reason]?.(universe);
  return isSo ? died : [...died, `life: it serves nobody, and shows ${shows}`];
}

/** Reasons for which a named person has to come, and how the world looks when that is true. */
const tasks: Record<string, (universe: Universe) => boolean> = {
  'card-printer/cover-open': ({ world }) => !world.coverClosed,
  'card-printer/feeder-empty': ({ world }) => blanksAt(world, 'hopper') === 0,
  'kiosk/no-blanko': ({ kiosk }) => (kiosk ? (stockIn(kiosk.store).hopper ?? 0) : 0) <= 0,
  'card-printer/ribbon-ended': ({ world, physics }) =>
    world.ribbon?.prints === 0 || (physics.simulators['card-printer'].snapshot().ribbonEndedAt ?? null) !== null,
  'card-printer/reject-box-full': ({ world }) => blanksAt(world, 'box') >= world.rejectBox.capacity,
  'card-printer/jam': ({ physics }) => physics.simulators['card-printer'].snapshot().stuckCard !== null,
  'panel/shutter-stuck': ({ world }) => world.shutter.open,
  'card-printer/spoiled-twice': ({ kiosk }) => {
    const ends = kiosk ? factsIn(journalOf(kiosk.store)).filter(({ type }) => type === 'print.outcome') : [];
    return ends.length >= 2 && ends.slice(-2).every(({ data }) => data.outcome === 'spoiled');
  },
};
