import { mendLater } from '../mending.ts';
import { visitor } from '../people.ts';
import type { Universe } from '../universe.ts';
import type { Scenario } from './scenario.ts';

function breaksTheLine(universe: Universe): void {
  universe.post.dropLine();
  void mendLater(universe, 20_000, () => universe.post.mend());
}

export const linkCut: Scenario = {
  name: 'link-cut',
  beginsLike: 'issued',
  tells: 'the line to the office breaks before the feed and comes back after the card is taken',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^store kiosk print\.intended after/, does: breaksTheLine }],
};

export const linkCutOldDisk: Scenario = {
  name: 'link-cut-old-disk',
  tells:
    'the line breaks as soon as the lease is there; at any moment the disk is an older one, or its copy starts elsewhere',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^store kiosk lease\.received after/, does: breaksTheLine }],
  oldDisks: true,
};

export const linkCutNotTakenOldDisk: Scenario = {
  ...linkCutOldDisk,
  name: 'link-cut-not-taken-old-disk',
  tells: 'the same, and Siti does not see her card',
  visitors: [visitor('FIRST-01', 'never')],
};
