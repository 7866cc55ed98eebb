import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device, World } from './world/plain.ts';

/** What lies on disk between two lives of the cabinet: the world, and what each device remembers. All of it is JSON. */
export interface Saved {
  version: 1;
  world: World;
  devices: Partial<Record<Device, unknown>>;
}

const FILE = 'world.json';

export function bitmapsIn(folder: string): string {
  return join(folder, 'bitmaps');
}

/** What was saved in the folder, or null where it is new. Throws one clear line where it cannot be read. */
export function readSaved(folder: string): Saved | null {
  const path = join(folder, FILE);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) return null;
  const saved = parse(readFileSync(path, 'utf8'));
  if (saved?.version !== 1 || !Array.isArray(saved.world?.cards)) throw new Error(`${path} is not a saved cabinet`);
  return saved;
}

function parse(text: string): Saved | null {
  try {
    return JSON.parse(text) as Saved;
  } catch {
    return null;
  }
}

/** Written aside and renamed: a kill at any moment leaves the old file or the new one, never half of one. */
export function writeSaved(folder: string, saved: Saved): void {
  const path = join(folder, FILE);
  writeFileSync(`${path}.new`, JSON.stringify(saved));
  renameSync(`${path}.new`, path);
}

/** Runs `work` once per burst of calls, before anything else can happen in this process. */
export function oncePerBurst(work: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      work();
    });
  };
}
