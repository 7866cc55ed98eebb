import { describe, expect, test } from 'vitest';
import { fraction, newId, pick, seededRandom, systemRandom, whole } from './random.ts';
import { joseSealer } from './sealer.ts';
import { keyedHash, lockWithKey, slowHash, slowHashMatches, unlockWithKey } from './secrets.ts';

describe('keyed hashes', () => {
  const key = Uint8Array.of(1, 2, 3);

  test('tell values, labels and keys apart, and tell nothing of them', () => {
    const hashes = [
      keyedHash(key, 'nik', '1671021403080000'),
      keyedHash(key, 'code', '1671021403080000'),
      keyedHash(key, 'nik', '1671021503080000'),
      keyedHash(Uint8Array.of(1, 2, 4), 'nik', '1671021403080000'),
    ];
    expect(new Set(hashes).size).toBe(4);
    expect(hashes[0]).toBe(keyedHash(key, 'nik', '1671021403080000'));
    expect(hashes[0]).toMatch(/^[\w-]{43}$/);
  });
});

describe('what is locked with a key', () => {
  const [key, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const plain = Uint8Array.of(70, 77, 82, 0, 1, 2, 3);

  test('comes back with that key, shows nothing, and looks different for other texts and keys', () => {
    const locked = lockWithKey(key, plain);
    expect([...unlockWithKey(key, locked)]).toEqual([...plain]);
    expect(Buffer.from(locked).includes(Buffer.from(plain.subarray(0, 3)))).toBe(false);
    const heads = [locked, lockWithKey(other, plain), lockWithKey(key, plain.subarray(1))].map((one) =>
      String(one.subarray(0, 12)),
    );
    expect(new Set(heads).size, 'no nonce twice').toBe(3);
    expect([...unlockWithKey(key, lockWithKey(key, new Uint8Array()))]).toEqual([]);
  });

  test('does not come back with another key, or with one bit changed anywhere', () => {
    const locked = lockWithKey(key, plain);
    expect(() => unlockWithKey(other, locked)).toThrow();
    for (const [at, byte] of locked.entries()) {
      const changed = locked.with(at, byte ^ 1);
      expect(() => unlockWithKey(key, changed), `byte ${at}`).toThrow();
    }
  });
});

describe('slow hashes', () => {
  test('fit their own secret and no other; the same secret never looks the same twice', async () => {
    const random = seededRandom('slow');
    const [one, two] = [await slowHash('48213', random), await slowHash('48213', random)];
    expect(one).not.toBe(two);
    expect(one).not.toContain('48213');
    expect(await slowHashMatches('48213', one)).toBe(true);
    expect(await slowHashMatches('48213', two)).toBe(true);
    expect(await slowHashMatches('48214', one)).toBe(false);
    expect(await slowHashMatches('', one)).toBe(false);
  });

  test.each(['', 'scrypt', 'scrypt$$', 'scrypt$salt$', 'plain$salt$48213', 'scrypt$salt$AAAA', '$$$'])(
    '%j fits nothing',
    async (verifier) => {
      expect(await slowHashMatches('48213', verifier)).toBe(false);
    },
  );
});

describe('seals', () => {
  test('are opened by their key and by no other, and not after one bit was changed', async () => {
    const [ours, theirs] = [await joseSealer.newSealingKey(), await joseSealer.newSealingKey()];
    const sealed = await joseSealer.seal('SITI RAHAYU 人', ours.publicKey);
    expect(sealed).not.toContain('SITI');
    expect(await joseSealer.open(sealed, ours.privateKey)).toBe('SITI RAHAYU 人');
    await expect(joseSealer.open(sealed, theirs.privateKey)).rejects.toThrow();
    const middle = sealed.length - 40;
    const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    await expect(joseSealer.open(changed, ours.privateKey)).rejects.toThrow();
    await expect(joseSealer.open('not a seal', ours.privateKey)).rejects.toThrow();
    await expect(joseSealer.seal('x', { kty: 'OKP', crv: 'X25519', x: 'AA' })).rejects.toThrow();
  });

  test('a signature holds for its key only, and never for a claim that says it needs none', async () => {
    const [central, stranger] = [await joseSealer.newSigningKey(), await joseSealer.newSigningKey()];
    const jws = await joseSealer.sign({ rightId: 'r' }, central.privateKey);
    expect(await joseSealer.verify(jws, central.publicKey)).toEqual({ rightId: 'r' });
    await expect(joseSealer.verify(jws, stranger.publicKey)).rejects.toThrow();
    const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${base64({ alg: 'none' })}.${base64({ rightId: 'r' })}.`;
    await expect(joseSealer.verify(unsigned, central.publicKey)).rejects.toThrow();
  });

  test('a public key holds nothing of the private one', async () => {
    const { publicKey, privateKey } = await joseSealer.newSealingKey();
    expect(privateKey.d).toMatch(/^[\w-]{43}$/);
    expect(publicKey.d).toBeUndefined();
  });
});

describe('randomness', () => {
  test('from a seed is the same everywhere, and from another seed another', () => {
    const bytes = (seed: string) => Buffer.from(seededRandom(seed).bytes(40)).toString('hex');
    expect(bytes('one')).toBe(bytes('one'));
    expect(bytes('one')).not.toBe(bytes('two'));
    const inPieces = seededRandom('one');
    expect(Buffer.from([...inPieces.bytes(33), ...inPieces.bytes(7)]).toString('hex')).toBe(bytes('one'));
  });

  test('fractions are below one, whole numbers below their bound, and ids never meet', () => {
    const random = seededRandom('draws');
    const drawn = Array.from({ length: 500 }, () => [fraction(random), whole(random, 3)] as const);
    for (const [part, number] of drawn) {
      expect(part).toBeGreaterThanOrEqual(0);
      expect(part).toBeLessThan(1);
      expect([0, 1, 2]).toContain(number);
    }
    expect(new Set(drawn.map(([, number]) => number)).size).toBe(3);
    expect(new Set(Array.from({ length: 500 }, () => newId(systemRandom))).size).toBe(500);
    expect(() => pick(random, [])).toThrow(RangeError);
  });
});
