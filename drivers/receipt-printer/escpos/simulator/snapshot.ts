import type { Band } from './band.ts';
import type { Action, Press } from './press.ts';
import type { EscPosFault } from './simulator.ts';
import type { PrinterError } from './status.ts';

type PackedAction =
  | Exclude<Action, { do: 'print' }>
  | { do: 'print'; band: Omit<Band, 'dots'> & { dots: string }; text: string[] };

/** The whole printer as JSON: bytes and dots as base64. */
export interface EscPosSnapshot extends Omit<Press, 'actions'> {
  powered: boolean;
  fault: EscPosFault;
  error: PrinterError;
  /** What followed the last DLE. */
  seen: number[];
  /** Received and not read yet. */
  buffer: string;
  actions: PackedAction[];
}

export function pack(press: Press): Omit<Press, 'actions'> & { actions: PackedAction[] } {
  const actions = press.actions.map((action): PackedAction => {
    if (action.do !== 'print') return action;
    return { ...action, band: { ...action.band, dots: Buffer.from(action.band.dots).toString('base64') } };
  });
  return structuredClone({ ...press, actions });
}

export function unpack({ powered, fault, error, seen, buffer, actions, ...press }: EscPosSnapshot): Press {
  const live = actions.map((action): Action => {
    if (action.do !== 'print') return action;
    return { ...action, band: { ...action.band, dots: new Uint8Array(Buffer.from(action.band.dots, 'base64')) } };
  });
  return structuredClone({ ...press, actions: live });
}
