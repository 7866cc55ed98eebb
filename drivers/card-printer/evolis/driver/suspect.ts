import { type ProblemCode, problemRow } from '#contract/problems/codes.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';

/** What the driver says of its own about a wire or a reply; the printer has told nothing then. */
const silences: readonly ProblemCode[] = [
  'link/lost',
  'link/unreachable',
  'card-printer/unreachable',
  'device/protocol',
  'device/wrong-model',
];

/**
 * Runs a move of a card that may carry ink. A fault that the printer names keeps its code; silence, a reply that fits
 * nothing and an aborted wait leave the card's place open: `card-printer/outcome-unknown`.
 */
export async function withPlaceOpen<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DeviceError && !silences.includes(cause.code)) throw cause;
    throw new DeviceError('card-printer/outcome-unknown', `${what}: ${tell(cause)}`, { cause });
  }
}

/** Runs what can lead to ink: as above, and a named fault that would leave a card untouched is `card-printer/hardware` here. */
export async function withCardSuspect<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await withPlaceOpen(what, work);
  } catch (cause) {
    if (cause instanceof DeviceError && problemRow(cause.code).card === 'suspect') throw cause;
    throw new DeviceError('card-printer/hardware', `${what}: ${tell(cause)}`, { cause });
  }
}

function tell(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
