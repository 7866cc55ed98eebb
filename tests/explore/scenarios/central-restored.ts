import { restoreOffice } from '../authority.ts';
import { mendLater } from '../mending.ts';
import { visitor } from '../people.ts';
import type { Universe } from '../universe.ts';
import type { Scenario } from './scenario.ts';

/** Back to the first thing that this office wrote today: before it granted anything. */
function isRestored(universe: Universe, log: 'applied' | 'lost'): void {
  const [bytes] = universe.authority.officeDisks;
  universe.killCentral();
  if (bytes) restoreOffice(universe, bytes, log);
  void mendLater(universe, 6_000, () => universe.startCentral());
}

export const centralRestored: Scenario = {
  name: 'central-restored',
  beginsLike: 'link-cut',
  tells: 'the office is restored to a backup from before the grant, while the card is printed; its log is applied',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^store kiosk print\.intended after/, does: (universe) => isRestored(universe, 'applied') }],
  oldOffice: true,
};

export const centralRestoredWithoutLog: Scenario = {
  ...centralRestored,
  name: 'central-restored-without-log',
  isLong: true,
  beginsLike: 'central-restored',
  tells: 'the same, and the log of grants is lost: nothing is granted until the kiosk has told what it holds',
  happens: [{ at: /^store kiosk print\.intended after/, does: (universe) => isRestored(universe, 'lost') }],
};

export const restoredAtAnyMoment: Scenario = {
  name: 'restored-at-any-moment',
  isLong: true,
  tells: 'Siti takes her card; at any moment the office is restored to an earlier commit',
  visitors: [visitor('FIRST-01')],
  oldOffice: true,
  events: 'restores',
};
