import { expect, test } from 'vitest';
import { type Circumstances, serviceLevel } from './service.ts';

const usual: Circumstances = {
  ...{ siteName: 'Seberang Ulu I', officerPresent: false, nextAt: null, blocked: null, faults: [] },
  ...{ centralPresent: true, servedWithoutCentral: 0, hopper: 40, ribbonPrintsLeft: 90 },
  ...{ printedToday: 3, dayLimit: 100 },
};
const away = { ...usual, centralPresent: false };

test('with central everybody is served, up to the blanks there are', () => {
  expect(serviceLevel(usual)).toMatchObject({ mode: 'full', reason: null, cardsLeftToday: 40 });
});

test('without central only those whose lease is here, and the screen counts no more than them', () => {
  expect(serviceLevel({ ...away, servedWithoutCentral: 2 })).toMatchObject({
    ...{ mode: 'full', reason: 'central/unreachable', cardsLeftToday: 2 },
  });
  expect(serviceLevel({ ...away, servedWithoutCentral: 2, hopper: 1 })).toMatchObject({ cardsLeftToday: 1 });
});

test('without central and without a lease, or with a fault, it is closed', () => {
  const closed = { mode: 'closed', reason: 'central/unreachable', cardsLeftToday: null };
  expect(serviceLevel(away)).toMatchObject(closed);
  expect(serviceLevel({ ...away, servedWithoutCentral: 2, hopper: 0 })).toMatchObject(closed);
  expect(serviceLevel({ ...away, servedWithoutCentral: 2, faults: ['panel/door-open'] })).toMatchObject(closed);
});

test('a reason that closes the kiosk is shown, whoever is there', () => {
  const blocked = { blocked: 'right/epoch-closed' as const, servedWithoutCentral: 2 };
  expect(serviceLevel({ ...usual, ...blocked })).toMatchObject({ mode: 'status-only', reason: 'right/epoch-closed' });
  expect(serviceLevel({ ...away, ...blocked })).toMatchObject({ mode: 'closed', reason: 'right/epoch-closed' });
});
