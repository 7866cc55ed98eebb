import { expect, test } from 'vitest';
import { afterKey, groups, lengthMeant, missingToTell } from './digits.ts';

const drawn = (digits: string) =>
  groups(digits, lengthMeant(digits))
    .map((group) => group.map((digit) => digit || '_').join(''))
    .join(' ');

test('a pick-up number grows in groups of 3, 3 and 4', () => {
  expect(drawn('')).toBe('___ ___ ____');
  expect(drawn('1234')).toBe('123 4__ ____');
  expect(drawn('1234567890')).toBe('123 456 7890');
});

test('the 11th digit makes it a NIK, in groups of 6, 6 and 4', () => {
  expect(drawn('16710112345')).toBe('167101 12345_ ____');
  expect(drawn('1671011234560000')).toBe('167101 123456 0000');
});

test('missing digits are told only when the end is near', () => {
  expect(missingToTell('1', 10)).toBeNull();
  expect(missingToTell('123456789', 10)).toBe(1);
  expect(missingToTell('1234567890', 10)).toBeNull();
  expect(missingToTell('167101123456000', 16)).toBe(1);
});

test('keys add and erase digits, and nothing else does anything', () => {
  expect(afterKey('12', '3', 5)).toBe('123');
  expect(afterKey('12345', '6', 5)).toBe('12345');
  expect(afterKey('12', 'Backspace', 5)).toBe('1');
  expect(afterKey('', 'Backspace', 5)).toBe('');
  expect(afterKey('12', 'a', 5)).toBe('12');
  expect(afterKey('12', 'F5', 5)).toBe('12');
});
