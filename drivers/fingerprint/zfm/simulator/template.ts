import { createHash } from 'node:crypto';
import { packed } from './picture.ts';

/**
 * Stands for the private template of a real module. This is no fingerprint matching: a template is a digest of the very
 * picture, so the same picture matches and any other one does not, another picture of the same finger included.
 */
export function templateOf(pixels: Uint8Array, bytes: number): Uint8Array {
  const digest = createHash('sha256').update(packed(pixels)).digest();
  return Uint8Array.of(...MARK, ...digest, ...new Uint8Array(bytes - MARK.length - digest.length));
}

export const scoreOfSame = 123;

/** Says whether a blob is a template of ours at all: a host may have sent anything. */
export function isTemplate(blob: Uint8Array): boolean {
  return MARK.every((byte, i) => blob[i] === byte);
}

/** 0 where they differ. Real scores depend on the security level; ours know only these two values. */
export function score(one: Uint8Array | undefined, other: Uint8Array | undefined): number {
  if (!one || !other || !isTemplate(one) || !isTemplate(other)) return 0;
  return Buffer.compare(one, other) === 0 ? scoreOfSame : 0;
}

const MARK = [0x03, 0x01, ...Buffer.from('NOT A REAL TEMPLATE')] as const;
