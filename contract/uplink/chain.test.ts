import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { entryHash, genesisHash, hashBytes, hashText, sameBytes, shortHash } from './chain.ts';

test('a chain begins with the kiosk and the epoch, so that no two begin alike', () => {
  const expected = createHash('sha256').update('anjungan/1|SU1|3').digest();
  expect(Buffer.from(genesisHash('SU1', 3)).equals(expected)).toBe(true);
  expect(sameBytes(genesisHash('SU1', 3), genesisHash('SU1', 4))).toBe(false);
});

test('each hash binds the exact text and everything before it', () => {
  const start = genesisHash('SU1', 1);
  const expected = createHash('sha256').update(start).update('{"a":1}').digest('base64url');
  expect(hashText(entryHash(start, '{"a":1}'))).toBe(expected);
  expect(hashText(entryHash(start, '{"a": 1}'))).not.toBe(expected);
  expect(hashText(entryHash(genesisHash('SU1', 2), '{"a":1}'))).not.toBe(expected);
});

test('as text it has 43 characters and comes back', () => {
  const hash = genesisHash('SU1', 1);
  expect(hashText(hash)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(sameBytes(hashBytes(hashText(hash)), hash)).toBe(true);
});

test('a receipt carries its first ten characters in three groups', () => {
  const hash = genesisHash('SU1', 1);
  expect(shortHash(hash).replaceAll(' ', '')).toBe(hashText(hash).slice(0, 10));
  expect(shortHash(hash)).toMatch(/^\S{4} \S{3} \S{3}$/);
});
