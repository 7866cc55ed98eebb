import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conditions } from '#cabinet/fingers/conditions.ts';
import { impressionOf } from '#cabinet/fingers/impression.ts';
import { fingerOf } from '#cabinet/fingers/master.ts';
import { writePng } from './pictures/write-png.ts';
import { referenceOf } from './reference.ts';

/** One finger of a set: where its pictures go, and how many. */
export interface FingerFiles {
  folder: string;
  /** Null where no records are wanted. */
  references: string | null;
  /** As in the names of its files. */
  finger: number;
  impressions: number;
  /** Of the whole set. */
  seed: string;
}

export async function writeFinger({ folder, references, finger, impressions, seed }: FingerFiles) {
  const master = fingerOf(`${seed}/${finger}`);
  for (let impression = 1; impression <= impressions; impression += 1) {
    const name = `${finger}_${impression}`;
    const touch = `${seed}/${name}`;
    await writePng(join(folder, `${name}.png`), impressionOf(master, touch, conditions.everyday));
    if (references !== null) await writeFile(join(references, `${name}.fmr`), referenceOf(master, touch));
  }
  return { files: impressions * (references === null ? 1 : 2) };
}
