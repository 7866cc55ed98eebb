import type { CardFields } from '#contract/uplink/record.ts';
import type { CardFace } from '#drivers/card-printer/card-printer.ts';

/** From a record to pixels, as a port: image work finishes in thread-pool order, results are delivered in the order asked. */
export interface FaceRenderer {
  /**
   * Makes the face of one card, 1016 x 648. Rejects with `record/bad-portrait` or `record/unprintable-text` (FaceError)
   * where the record cannot be printed, with `kiosk/font-missing` where our fonts are not the ones that draw. Aborting
   * drops the face: rejects with the signal's reason, at the latest when the pixels under way are done.
   */
  render(fields: CardFields, step: { signal: AbortSignal }): Promise<CardFace>;
}
