import type { Machine } from './machine.ts';

const NOT_ERROR = 0x08;
const SELECT = 0x10;
const PAPER_EMPTY = 0x20;

/**
 * The port-status byte (sheet 1.1): media faults raise PAPER_EMPTY, mechanical ones drop NOT_ERROR. That BUSY shows as a
 * missing SELECT is inferred; it is busy while something moves, and under `Pem;0` from a fault until it is cleared.
 * A printer without power answers nothing: 0 stands for that.
 */
export function portStatus({ state, path }: Machine): number {
  if (!state.power) return 0;
  const { fault, settings } = state;
  const coverOpen = !path.coverClosed && settings.errorMode !== 1;
  const mechanical = coverOpen || fault?.line === 'mechanical';
  const busy = state.resetting || state.doing !== null || (fault !== null && settings.errorMode === 0);
  return (mechanical ? 0 : NOT_ERROR) | (busy ? 0 : SELECT) | (fault?.line === 'media' ? PAPER_EMPTY : 0);
}
