import { conditions } from '#cabinet/fingers/conditions.ts';
import { impressionOf } from '#cabinet/fingers/impression.ts';
import type { Master } from '#cabinet/fingers/master.ts';
import { writeRecord } from '#drivers/fingerprint/matching/iso-write.ts';
import { assess } from '#drivers/fingerprint/matching/quality.ts';

/** As an enrolment would have left it: an ISO 19794-2 record of a good impression, which is none of those that a kiosk gets to see. */
export function referenceOf(master: Master, seed: string, finger = 0): Uint8Array {
  const image = impressionOf(master, `reference ${seed}`, conditions.good);
  const { template, quality } = assess(image);
  const writing = writeRecord([{ finger, impression: 0, quality: quality.score, template }]);
  if (!writing.ok) throw new Error(`the reference of finger ${seed} does not fit a record: ${writing.detail}`);
  return writing.bytes;
}
