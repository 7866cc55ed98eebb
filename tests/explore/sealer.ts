import { createHash } from 'node:crypto';
import type { KeyPair, Sealer } from '#kit/sealer.ts';

/**
 * Signatures and envelopes that finish at once and in the order asked. They keep the promises of the port towards everybody
 * who plays fair: another key opens nothing, and what is sealed cannot be read in passing. Nothing else; never for a real kiosk.
 */
export function plainSealer(seed: string): Sealer {
  let made = 0;
  const newKey = async (crv: string): Promise<KeyPair> => {
    made += 1;
    const x = hashOf(`${seed}|${crv}|${made}`);
    return { publicKey: { kty: 'OKP', crv, x }, privateKey: { kty: 'OKP', crv, x, d: hashOf(`private|${x}`) } };
  };
  return {
    newSigningKey: () => newKey('Ed25519'),
    newSealingKey: () => newKey('X25519'),
    sign: async (claims, { x }) => {
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `${body}.${hashOf(`${x}|${body}`)}`;
    },
    verify: async (jws, { x }) => {
      const [body = '', mark] = jws.split('.');
      if (mark !== hashOf(`${x}|${body}`)) throw new Error('not signed by this key');
      return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    },
    seal: async (plain, { x = '' }) => {
      const bytes = Buffer.from(plain, 'utf8');
      return `${x}.${masked(bytes, x).toString('base64url')}`;
    },
    open: async (jwe, { x, d }) => {
      const [to = '', body = ''] = jwe.split('.');
      if (to !== x || d !== hashOf(`private|${x}`)) throw new Error('sealed to somebody else');
      return masked(Buffer.from(body, 'base64url'), to).toString('utf8');
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function masked(bytes: Buffer, key: string): Buffer {
  const mask = createHash('sha512').update(key).digest();
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index % mask.length] ?? 0)));
}
