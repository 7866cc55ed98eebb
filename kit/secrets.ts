import { createCipheriv, createDecipheriv, createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from './random.ts';

/** A keyed, unlinkable stand-in for a value that must be looked up but never stored: HMAC-SHA-256 as base64url. */
export function keyedHash(key: Uint8Array, label: string, value: string): string {
  return createHmac('sha256', key).update(`${label}|${value}`).digest('base64url');
}

const SCRYPT = { N: 2 ** 14, r: 8, p: 1 }; // 16 MB and about 50 ms: slow enough for a stolen file, quick enough at a login

/** `scrypt$salt$key`, for passwords and PINs. */
export async function slowHash(secret: string, random: Random): Promise<string> {
  const salt = Buffer.from(random.bytes(16)).toString('base64url');
  return `scrypt$${salt}$${(await derive(secret, salt)).toString('base64url')}`;
}

/** Compares in constant time; a malformed verifier never matches. */
export async function slowHashMatches(secret: string, verifier: string): Promise<boolean> {
  const [kind, salt, key] = verifier.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  const wanted = Buffer.from(key, 'base64url');
  const given = await derive(secret, salt);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function derive(secret: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Nonce, AES-256-GCM text and tag. The nonce is a keyed hash of the plain text, so that one key never meets one nonce with two
 * texts, whatever becomes of a source of randomness; the same text under the same key looks the same. `key` has 32 bytes.
 */
export function lockWithKey(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = createHmac('sha256', key).update('nonce|').update(plain).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
}

/** Throws where the key is another or a bit was changed. */
export function unlockWithKey(key: Uint8Array, locked: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(CIPHER, key, locked.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(locked.subarray(-TAG_BYTES));
  const text = locked.subarray(NONCE_BYTES, -TAG_BYTES);
  return new Uint8Array(Buffer.concat([decipher.update(text), decipher.final()]));
}
