import { closesEpoch } from '../office.ts';
import { visitor } from '../people.ts';
import type { Scenario } from './scenario.ts';

export const epochChange: Scenario = {
  name: 'epoch-change',
  tells: 'Siti takes her card; at any moment the disk of the kiosk is given up, and its next epoch is opened',
  visitors: [visitor('FIRST-01')],
  events: 'epochs',
};

export const epochClosed: Scenario = {
  name: 'epoch-closed',
  beginsLike: 'issued',
  tells: 'two people close the epoch of the kiosk when Siti was identified and her right is asked for',
  visitors: [visitor('FIRST-01')],
  happens: [{ at: /^delivered to central: SU1-A\/req\/lease before/, does: closesEpoch }],
  allows: { mayStand: true },
};
