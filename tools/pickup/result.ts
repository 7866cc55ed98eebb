import type { ProblemCode } from '#contract/problems/codes.ts';
import { problemRow } from '#contract/problems/codes.ts';
import type { VisitOutcome } from '#contract/uplink/entries.ts';

/** How a pickup ended, as one word for scripts. */
export type PickupResult =
  | 'issued'
  | `refused:${ProblemCode}`
  | `referred:${ProblemCode}`
  | 'held'
  | 'in-doubt'
  | `device-fault:${ProblemCode}`
  | 'central-unreachable';

const deviceFamilies = ['link', 'device', 'card-printer', 'receipt-printer', 'camera', 'panel', 'kiosk'];

export function resultOf(outcome: VisitOutcome, code: ProblemCode | null): PickupResult {
  if (outcome === 'issued') return 'issued';
  if (outcome === 'retained' && (code === null || code === 'handover/not-taken')) return 'held';
  if (code === null || code === 'card-printer/outcome-unknown') return 'in-doubt';
  if (code === 'central/unreachable') return 'central-unreachable';
  const [family = ''] = code.split('/');
  if (deviceFamilies.includes(family)) return `device-fault:${code}`;
  const { next } = problemRow(code);
  return next === 'office' || next === 'go-elsewhere' ? `referred:${code}` : `refused:${code}`;
}

/** One exit code per kind of result; 0 only when central acknowledged the issued card. */
export const exitCodes = {
  issued: 0,
  'not-acknowledged': 2,
  refused: 3,
  referred: 4,
  held: 5,
  'in-doubt': 6,
  'device-fault': 7,
  'central-unreachable': 8,
  usage: 64,
  failed: 70,
} as const;

export function exitCodeOf(result: PickupResult, acknowledged: boolean): number {
  const [kind = ''] = result.split(':');
  if (kind === 'issued' && !acknowledged) return exitCodes['not-acknowledged'];
  return exitCodes[kind as keyof typeof exitCodes] ?? exitCodes.failed;
}
