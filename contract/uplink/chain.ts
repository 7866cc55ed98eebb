import { createHash } from 'node:crypto';

/** The hash before the first entry of an epoch: SHA-256("anjungan/1|kiosk|epoch"). 32 bytes. */
export function genesisHash(kiosk: string, epoch: number): Uint8Array {
  return sha256(`anjungan/1|${kiosk}|${epoch}`);
}

/** hash = SHA-256(prev_hash || text). The text is hashed exactly as written; nobody serialises it again. */
export function entryHash(prevHash: Uint8Array, text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(prevHash).update(text, 'utf8').digest());
}

export function sha256(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text, 'utf8').digest());
}

/** A hash as people and messages carry it: base64url, 43 characters. */
export function hashText(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64url');
}

export function hashBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** The ten characters of an entry's hash that stand on a receipt, in groups: `Ab3d E9x Kq7`. */
export function shortHash(hash: Uint8Array): string {
  const text = hashText(hash);
  return `${text.slice(0, 4)} ${text.slice(4, 7)} ${text.slice(7, 10)}`;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
