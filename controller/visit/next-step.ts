import { answer, goodbye, officer, receipt } from './end-rows.ts';
import { finger, officerProof } from './finger-rows.ts';
import type { Happening, HappeningType } from './happenings.ts';
import { askingIdentify, askingStatus, how, number, proving, scanQr, welcome } from './identify-rows.ts';
import { askingRight, offerAgain, printing, review, storing, takeCard } from './print-rows.ts';
import type { Ignored, Row, Step } from './rows.ts';
import type { Visit, VisitAt } from './visit.ts';

/** Every state and every happening: a transition, or the reason why nothing changes. */
export const table: { [At in VisitAt]: Row<At> } = {
  welcome,
  how,
  'scan-qr': scanQr,
  number,
  'asking-status': askingStatus,
  proving,
  'asking-identify': askingIdentify,
  finger,
  'officer-proof': officerProof,
  review,
  'asking-right': askingRight,
  printing,
  'take-card': takeCard,
  'offer-again': offerAgain,
  storing,
  receipt,
  answer,
  officer,
  goodbye,
};

type AnyCell = Ignored | ((visit: Visit, now: Happening) => Step);

/** What comes next, and what to do on the way. Pure; `null` where the happening is ignored here. */
export function nextStep(visit: Visit, now: Happening): Step | null {
  const cell = (table[visit.at] as Record<HappeningType, AnyCell>)[now.type];
  return typeof cell === 'function' ? cell(visit, now) : null;
}
