/** What nobody has seen the real printer do: each row is a branch on which the kiosk's promises must hold. */
export interface PrinterBranches {
  /** A card inside when the power returns. */
  cardAtPowerUp: 'hold' | 'eject' | 'reject';
  /** A card inside when `Srs` is obeyed. */
  cardAtReset: 'hold' | 'eject' | 'reject';
  /** Settings other than `Pem` after a power cycle or reset; `Pem` without `;s` is known to be forgotten (sheet 1.6). */
  settings: 'default' | 'kept';
  /** A sequence cut by the power: forgotten, or its last panel printed and the card ejected when power returns. */
  job: 'dropped' | 'finished';
  /** The stored panels after a power cycle or reset. */
  bitmaps: 'cleared' | 'kept';
  /** What is left of a command whose host went away in the middle of it. */
  halfDownload: 'dropped' | 'kept' | { timesOutAfterMs: number };
  /** Answers that nobody fetched before the link ended: gone, or the first thing the next host reads. */
  unreadReplies: 'lost' | 'kept';
  /** `Ss` with a card inside. A second card pushes the first one out of the exit. */
  sequenceWithCard: 'keeps-the-card' | 'feeds-a-second';
  /** Which of `Pneab;E` and `Pneab;A;0` keeps a card inside at the end of a sequence. */
  holdsCard: 'E' | 'A0' | 'either' | 'both';
  /** Whether `Pneab;A;0` stops `Ser` as well. */
  forbidCoversReject: boolean;
  /** Under `Psmgr;2`: whether `Se` answers after the last panel is on the card, or at once. */
  lastPanel: 'before-reply' | 'after-reply';
  /** A feed command with an empty feeder: says so, says `OK` and does nothing (`Psmgr;2` only), or waits for a card. */
  emptyFeed: 'answers' | 'accepts' | 'blocks';
  /** In its own recovery mode (`Pem;0`) a new ribbon makes the printer finish the interrupted card by itself. */
  ownRecovery: 'waits' | 'finishes';
  /** Fault texts that the sheet knows without `ERR` before them. */
  faultTexts: 'with-err' | 'bare';
}

export const usualBranches: PrinterBranches = {
  cardAtPowerUp: 'hold',
  cardAtReset: 'hold',
  settings: 'default',
  job: 'dropped',
  bitmaps: 'cleared',
  halfDownload: 'dropped',
  unreadReplies: 'lost',
  sequenceWithCard: 'keeps-the-card',
  holdsCard: 'either',
  forbidCoversReject: false,
  lastPanel: 'before-reply',
  emptyFeed: 'answers',
  ownRecovery: 'waits',
  faultTexts: 'with-err',
};
