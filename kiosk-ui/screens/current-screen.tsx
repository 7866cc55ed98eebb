import type { ComponentChildren } from 'preact';
import type { ScreenState } from '#contract/screen/screen-state.ts';
import type { Tap } from '#contract/screen/taps.ts';
import type { At, ScreenProps } from '../parts/screen-props.ts';
import type { Words } from '../words/words.ts';
import { AnswerScreen } from './answer.tsx';
import { AskingScreen } from './asking.tsx';
import { FingerScreen } from './finger.tsx';
import { GoodbyeScreen } from './goodbye.tsx';
import { HowScreen } from './how.tsx';
import { NumberScreen } from './number.tsx';
import { OfferAgainScreen } from './offer-again.tsx';
import { OfficerScreen } from './officer.tsx';
import { OfficerProofScreen } from './officer-proof.tsx';
import { PinScreen } from './pin.tsx';
import { PreparingScreen } from './preparing.tsx';
import { PrintingScreen } from './printing.tsx';
import { ReceiptScreen } from './receipt.tsx';
import { ReviewScreen } from './review.tsx';
import { ScanQrScreen } from './scan-qr.tsx';
import { TakeCardScreen } from './take-card.tsx';
import { TroubleScreen } from './trouble.tsx';
import { WelcomeScreen } from './welcome.tsx';

/** One screen for each thing the controller can say; a new one does not compile before it is drawn. */
const screens: { [A in At]: (props: ScreenProps<A>) => ComponentChildren } = {
  preparing: PreparingScreen,
  welcome: WelcomeScreen,
  how: HowScreen,
  'scan-qr': ScanQrScreen,
  number: NumberScreen,
  pin: PinScreen,
  asking: AskingScreen,
  answer: AnswerScreen,
  finger: FingerScreen,
  'officer-proof': OfficerProofScreen,
  review: ReviewScreen,
  printing: PrintingScreen,
  'take-card': TakeCardScreen,
  'offer-again': OfferAgainScreen,
  receipt: ReceiptScreen,
  goodbye: GoodbyeScreen,
  trouble: TroubleScreen,
  officer: OfficerScreen,
};

export function CurrentScreen({ state, words, tap }: { state: ScreenState; words: Words; tap: (tap: Tap) => void }) {
  const Screen = screens[state.screen.at] as (props: ScreenProps<At>) => ComponentChildren;
  return <Screen screen={state.screen} state={state} lang={state.lang} words={words} tap={tap} />;
}
