import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemRow } from '#contract/problems/codes.ts';
import type { VisitOutcome } from '#contract/uplink/entries.ts';

/** How a visit that ends with this code is counted. */
export function outcomeOf(code: ProblemCode): VisitOutcome {
  const [family] = code.split('/');
  if (code === 'record/data-disputed') return 'data-disputed';
  if (code === 'record/at-counter' || code === 'right/at-other-kiosk') return 'collect-elsewhere';
  if (code === 'right/held' || code === 'handover/not-taken') return 'retained';
  if (code === 'right/in-doubt' || code === 'card-printer/outcome-unknown') return 'in-doubt';
  if (code === 'kiosk/no-blanko' || code === 'kiosk/day-limit' || code === 'card-printer/feeder-empty')
    return 'deferred';
  if (code === 'identify/pin-locked' || code === 'identify/code-expired') return 'with-officer';
  if (code === 'identify/cancelled' || code === 'identify/not-me' || code === 'identify/too-many-tries')
    return 'abandoned';
  if (family === 'fingerprint' || family === 'fingerprint-scanner') return 'with-officer'; // its only other way
  if (family === 'class' || code === 'right/already-issued') return 'referred';
  if (family === 'record') return problemRow(code).next === 'office' ? 'referred' : 'not-yet';
  if (family === 'central' || family === 'right') return 'network-trouble';
  return 'machine-trouble';
}
