import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Pictures, kept apart from the plain data and named by their SHA-256 in hex. */
export interface Bitmaps {
  keep(bytes: Uint8Array): string;
  /** The bytes, or null where this picture is not kept any more. */
  find(hash: string): Uint8Array | null;
}

/** A card is five pictures of up to 576 kB: the newest forty cards stay, about 75 MB at most. */
const KEPT_IN_MEMORY = 200;

export function memoryBitmaps(limit = KEPT_IN_MEMORY): Bitmaps {
  const kept = new Map<string, Uint8Array>();
  return {
    keep(bytes) {
      const hash = nameOf(bytes);
      kept.delete(hash); // so that it becomes the newest
      kept.set(hash, bytes.slice());
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - limit))) kept.delete(oldest);
      return hash;
    },
    find: (hash) => kept.get(hash) ?? null,
  };
}

/** In a folder, packed: a card that was drawn flat takes a few kilobytes. A half-written file never gets a name. */
export function folderBitmaps(folder: string): Bitmaps {
  mkdirSync(folder, { recursive: true });
  const pathOf = (hash: string) => join(folder, `${hash}.deflate`);
  return {
    keep(bytes) {
      const hash = nameOf(bytes);
      if (existsSync(pathOf(hash))) return hash;
      writeFileSync(`${pathOf(hash)}.new`, deflateRawSync(bytes, { level: 1 }));
      renameSync(`${pathOf(hash)}.new`, pathOf(hash));
      return hash;
    },
    find: (hash) => (existsSync(pathOf(hash)) ? inflateRawSync(readFileSync(pathOf(hash))) : null),
  };
}

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
