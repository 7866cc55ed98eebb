import { type DemoCitizen, demoCitizens } from '#tools/population/demo-citizens.ts';

/** Everybody of the fixed cast who goes home with a card, in their order. */
export const servedCitizens: readonly DemoCitizen[] = demoCitizens.filter(
  ({ expect, says }) => expect === 'issued' && says === 'yes',
);
