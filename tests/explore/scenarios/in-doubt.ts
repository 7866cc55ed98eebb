import { mendLater } from '../mending.ts';
import { grab, visitor } from '../people.ts';
import type { Universe } from '../universe.ts';
import type { Scenario } from './scenario.ts';

function diesForAWhile(universe: Universe): void {
  universe.killKiosk();
  void mendLater(universe, 5_000, () => universe.startKiosk());
}

export const inDoubtResolved: Scenario = {
  name: 'in-doubt-resolved',
  beginsLike: 'issued',
  tells: 'the program dies under the ink; two people find the body in the box and destroy it, and Siti comes again',
  visitors: [visitor('FIRST-01')],
  errands: ['destroys the doubtful card'],
  happens: [{ at: /^store kiosk print\.inking after/, does: diesForAWhile }],
  allows: { mayDoubt: true },
};

/** The printer is off for a moment while the program is down, so the kiosk cannot know that only a hand was there. */
function takesItInTheDark(universe: Universe): void {
  const dark = () => {
    universe.killKiosk();
    grab(universe, 'FIRST-01');
    universe.physics.world.switchOff('card-printer');
    universe.physics.world.switchOn('card-printer');
    void mendLater(universe, 5_000, () => universe.startKiosk());
  };
  void mendLater(universe, 1_000, dark);
}

export const inDoubtWrongly: Scenario = {
  name: 'in-doubt-wrongly',
  beginsLike: 'not-taken',
  tells: 'Siti takes her card while the power is out; two people want to sign that they have destroyed it',
  visitors: [visitor('FIRST-01', 'never')],
  errands: ['signs for a card that is not there'],
  happens: [{ at: /^store kiosk print\.presenting after/, does: takesItInTheDark }],
  allows: { mayDoubt: true },
};

export const handedOver: Scenario = {
  name: 'handed-over',
  beginsLike: 'not-taken',
  tells: 'Siti does not see her card; it is held for her, and two officers hand it over',
  visitors: [visitor('FIRST-01', 'never')],
  errands: ['hands the card over'],
};
