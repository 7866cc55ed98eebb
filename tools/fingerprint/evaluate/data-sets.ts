import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError, wordsOf } from '../faults.ts';
import { PICTURE_ENDINGS } from '../pictures/read-picture.ts';

/** One touch of one finger, as a file. */
export interface Impression {
  file: string;
  finger: string;
  impression: number;
}

/** Pictures that are compared with each other: those of one folder. */
export interface DataSet {
  name: string;
  impressions: Impression[];
}

export interface Found {
  sets: DataSet[];
  /** Pictures that are named in another way, or are there twice. */
  passedOver: string[];
}

const NAME = new RegExp(`^(.+)_(\\d+)\\.(?:${PICTURE_ENDINGS.join('|')})$`, 'i');
const PICTURE = new RegExp(`\\.(?:${PICTURE_ENDINGS.join('|')})$`, 'i');

/** Every folder at or below `folder` that holds pictures named FINGER_IMPRESSION is a set; in an order that is always the same. */
export function findSets(folder: string): Found {
  const found: Found = { sets: [], passedOver: [] };
  collect(folder, folder, found);
  if (found.sets.length > 0) return found;
  const why = found.passedOver.length > 0 ? `, though ${found.passedOver.length} named otherwise` : '';
  throw new InputError(`${folder}: no pictures named FINGER_IMPRESSION, as 101_1.tif${why}`);
}

function collect(root: string, folder: string, found: Found): void {
  const names = namesIn(folder).toSorted(naturally);
  const impressions: Impression[] = [];
  for (const name of names) {
    const file = join(folder, name);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) collect(root, file, found);
    else if (PICTURE.test(name)) addTo(impressions, file, NAME.exec(name), found.passedOver);
  }
  if (impressions.length > 0) found.sets.push({ name: relative(root, folder) || '.', impressions });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (fault) {
    throw new InputError(`${folder}: ${wordsOf(fault)}`, { cause: fault });
  }
}

function addTo(impressions: Impression[], file: string, name: RegExpExecArray | null, passedOver: string[]): void {
  const [, finger = '', digits = ''] = name ?? [];
  const impression = Number(digits);
  const isThere = impressions.some((one) => one.finger === finger && one.impression === impression);
  if (!name || isThere) passedOver.push(file);
  else impressions.push({ file, finger, impression });
}

const order = new Intl.Collator('en', { numeric: true });

/** 9 before 10. */
export function naturally(one: string, other: string): number {
  return order.compare(one, other) || (one < other ? -1 : 1);
}
