import { expect, test } from 'vitest';
import { replay } from './report.ts';

test('a start that died before it was written takes nobody’s place: the start that found the card in the slot excuses the doubt', async () => {
  const seed = [
    'start',
    'before store kiosk kiosk.started#1: kiosk dies',
    'after link card-printer Se#2: kiosk dies', // the card stands in the slot when the next start comes
  ].join(' > ');
  expect(await replay(seed, () => undefined)).toEqual([]);
});
