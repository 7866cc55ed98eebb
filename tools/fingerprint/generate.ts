import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, wordsOf } from './faults.ts';
import { Crew } from './work/crew.ts';
import { progressOf } from './work/progress.ts';

export interface Generated {
  folder: string;
  fingers: number;
  impressions: number;
  seed: string;
  files: number;
}

/** The first finger's number in the names of its files, as in the sets of the fingerprint contests. */
const FIRST_FINGER = 101;

/** A set of fingers that nobody has. The same seed makes the same pictures, on any number of cores. */
export async function generate(
  folder: string,
  {
    fingers,
    impressions,
    seed,
    references,
  }: { fingers: number; impressions: number; seed: string; references: boolean },
): Promise<Generated> {
  const records = references ? join(folder, 'references') : null;
  await mkdir(records ?? folder, { recursive: true }).catch((fault: unknown) => {
    throw new InputError(`${folder}: ${wordsOf(fault)}`);
  });
  await using crew = new Crew();
  const asks = Array.from({ length: fingers }, (_, i) => ({
    folder,
    references: records,
    finger: FIRST_FINGER + i,
    impressions,
    seed,
  }));
  const outcomes = await crew.all('finger', asks, progressOf('fingers', fingers));
  const files = outcomes.reduce((sum, outcome) => {
    if (!outcome.ok) throw new InputError(outcome.fault);
    return sum + outcome.value.files;
  }, 0);
  return { folder, fingers, impressions, seed, files };
}
