import type { JWK } from 'jose';
import {
  CompactEncrypt,
  CompactSign,
  compactDecrypt,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose';

export type PublicKey = JWK;
export type PrivateKey = JWK;
export interface KeyPair {
  publicKey: PublicKey;
  privateKey: PrivateKey;
}

/**
 * Signatures (JWS, Ed25519) and sealed envelopes (JWE, ECDH-ES over X25519 with A256GCM).
 * A port, because crypto finishes in thread-pool order and a replay must not depend on that.
 */
export interface Sealer {
  newSigningKey(): Promise<KeyPair>;
  newSealingKey(): Promise<KeyPair>;
  sign(claims: object, key: PrivateKey): Promise<string>;
  /** The signed claims; rejects where the signature is not by this key. */
  verify(jws: string, key: PublicKey): Promise<unknown>;
  seal(plain: string, to: PublicKey): Promise<string>;
  open(jwe: string, key: PrivateKey): Promise<string>;
}

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true });

export const joseSealer: Sealer = {
  newSigningKey: () => newKey('Ed25519'),
  newSealingKey: () => newKey('ECDH-ES'),
  async sign(claims, key) {
    return new CompactSign(utf8.encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'Ed25519' })
      .sign(await importJWK(key, 'Ed25519'));
  },
  async verify(jws, key) {
    const { payload } = await compactVerify(jws, await importJWK(key, 'Ed25519'), { algorithms: ['Ed25519'] });
    return JSON.parse(text.decode(payload));
  },
  async seal(plain, to) {
    return new CompactEncrypt(utf8.encode(plain))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(await importJWK(to, 'ECDH-ES'));
  },
  async open(jwe, key) {
    const { plaintext } = await compactDecrypt(jwe, await importJWK(key, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return text.decode(plaintext);
  },
};

async function newKey(alg: 'Ed25519' | 'ECDH-ES'): Promise<KeyPair> {
  const pair = await generateKeyPair(alg, { extractable: true, ...(alg === 'ECDH-ES' && { crv: 'X25519' }) });
  return { publicKey: await exportJWK(pair.publicKey), privateKey: await exportJWK(pair.privateKey) };
}
