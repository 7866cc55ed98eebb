import { expect, test } from 'vitest';
import { tied } from './tied.ts';

test('a date and a count are never broken over two lines, all else may be', () => {
  expect(tied('Bisa dicetak mulai 14 Maret 2027. Bawa KK.')).toBe(
    'Bisa dicetak mulai 14\u00a0Maret\u00a02027. Bawa KK.',
  );
  expect(tied('Sisa 2 kali lagi.')).toBe('Sisa 2\u00a0kali lagi.');
  expect(tied('Senin 23 November pukul 08.00 WIB')).toBe('Senin 23\u00a0November pukul 08.00\u00a0WIB');
});
