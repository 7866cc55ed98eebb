import type { Tap } from '#contract/screen/taps.ts';
import { isPickupNumber, readNik } from '#contract/uplink/codes.ts';
import type { Happening } from '#controller/visit/happenings.ts';

/** What a tap means to the visit; null where it only concerns the page's language or pace. */
export function happeningOf(tap: Tap, officerPresent: boolean): Happening | null {
  switch (tap.tap) {
    case 'number':
      return numberHappening(tap.digits);
    case 'pin':
      return { type: 'pin', pin: tap.digits };
    case 'choose':
      return { type: 'choose', how: tap.how };
    case 'answer':
      return { type: 'answer', answer: tap.answer };
    case 'call-officer':
      return { type: 'call-officer', officerPresent };
    case 'language':
    case 'more-time':
      return null;
    default:
      return { type: tap.tap };
  }
}

/** One keypad for pick-up number and NIK: told apart by length, and checked here before central is troubled. */
export function numberHappening(digits: string): Happening {
  if (digits.length === 10) {
    if (isPickupNumber(digits)) return { type: 'number', lookup: { kind: 'code', value: digits } };
    return { type: 'number-wrong', problem: 'identify/code-check-digit', params: {} };
  }
  const nik = readNik(digits);
  if (nik.ok) return { type: 'number', lookup: { kind: 'nik', value: digits } };
  if (nik.why === 'impossible-date') return { type: 'number-wrong', problem: 'identify/nik-impossible', params: {} };
  const wanted = digits.length < 10 ? 10 : 16;
  return {
    type: 'number-wrong',
    problem: 'identify/nik-length',
    params: { missing: Math.max(0, wanted - digits.length) },
  };
}
