import type { Preview } from './parts/screen-props.ts';
import { answerPreviews } from './screens/answer.tsx';
import { askingPreviews } from './screens/asking.tsx';
import { fingerPreviews } from './screens/finger.tsx';
import { goodbyePreviews } from './screens/goodbye.tsx';
import { howPreviews } from './screens/how.tsx';
import { numberPreviews } from './screens/number.tsx';
import { offerAgainPreviews } from './screens/offer-again.tsx';
import { officerPreviews } from './screens/officer.tsx';
import { officerProofPreviews } from './screens/officer-proof.tsx';
import { pinPreviews } from './screens/pin.tsx';
import { preparingPreviews } from './screens/preparing.tsx';
import { printingPreviews } from './screens/printing.tsx';
import { receiptPreviews } from './screens/receipt.tsx';
import { reviewPreviews } from './screens/review.tsx';
import { scanQrPreviews } from './screens/scan-qr.tsx';
import { takeCardPreviews } from './screens/take-card.tsx';
import { troublePreviews } from './screens/trouble.tsx';
import { welcomePreviews } from './screens/welcome.tsx';

/** Every state that a person can meet, by name, in the order of a visit. */
export const allPreviews: Readonly<Record<string, Preview>> = {
  ...preparingPreviews(),
  ...welcomePreviews(),
  ...howPreviews(),
  ...scanQrPreviews(),
  ...numberPreviews(),
  ...pinPreviews(),
  ...askingPreviews(),
  ...answerPreviews(),
  ...fingerPreviews(),
  ...officerProofPreviews(),
  ...reviewPreviews(),
  ...printingPreviews(),
  ...takeCardPreviews(),
  ...offerAgainPreviews(),
  ...receiptPreviews(),
  ...goodbyePreviews(),
  ...troublePreviews(),
  ...officerPreviews(),
};

export const previewNames = ['connection-lost', ...Object.keys(allPreviews)];
