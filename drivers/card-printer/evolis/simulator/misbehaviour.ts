import type { PrinterState } from './state.ts';

/** When a cut happens: at the nth panel of a card, after so many more bytes from the host, or around a command. */
export type Moment =
  | { atPanel: number; afterLines?: number }
  | { afterBytes: number }
  | { on: string; moment: 'heard' | 'done' | 'answered' };

/** Panels are counted from 1 on each card; `afterLines` of 1016 have passed the head, half of them unless told. */
interface AtPanel {
  atPanel: number;
  afterLines?: number;
}

/**
 * One thing that goes wrong, once (or `times`). `on` is the beginning of a command as sent, such as `Rrt;count`.
 * What a person could do to the real one (open the cover, end the ribbon, fill the box) is done in the world instead.
 */
export type Misbehaviour =
  | ({ fault: 'jam'; freedBy?: 'reset' | 'person' } & (AtPanel | { on: string }))
  | ({ fault: 'ribbon-ends' | 'ribbon-breaks' | 'cover-opens' } & AtPanel)
  | ({ fault: 'power-fails' | 'unplugged' } & Moment)
  | { fault: 'misfeed' | 'double-feed'; times?: number }
  /** The rollers turn and nothing arrives; only a reset or the power ends it. */
  | { fault: 'move-hangs'; on: string }
  | { fault: 'sensor-stuck'; sensor: 'f' | 'n' | 'b' | 'o'; reads: string }
  | { fault: 'hardware'; code: number }
  /** Deaf and mute until the power is cycled. */
  | { fault: 'silence' }
  | { fault: 'reply'; on?: string; times?: number; does: ReplyTrick };

export type ReplyTrick =
  /** Done, never answered. */
  | { trick: 'lost' }
  /** Comes together with the next answer: from then on the host reads one too early. */
  | { trick: 'held-back' }
  /** An extra text comes first: a stale `OK`. */
  | { trick: 'preceded'; by: string }
  /** Another text comes instead. */
  | { trick: 'replaced'; by: string }
  /** Comes `ms` late. */
  | { trick: 'late'; ms: number }
  /** Random bytes, then the NUL. */
  | { trick: 'garbage'; bytes: number };

type Fault = Misbehaviour['fault'];
type Of<F extends Fault> = Misbehaviour extends infer One
  ? One extends { fault: infer G }
    ? F extends G
      ? One
      : never
    : never
  : never;

/** Whether something of this kind is waiting, without using it up. */
export function awaits<F extends Fault>(state: PrinterState, fault: F, fits: (one: Of<F>) => boolean): Of<F> | null {
  const found = state.misbehaviours.find((one) => one.fault === fault && fits(one as Of<F>));
  return (found as Of<F> | undefined) ?? null;
}

/** The first that fits, used up by one. */
export function takeFault<F extends Fault>(state: PrinterState, fault: F, fits: (one: Of<F>) => boolean): Of<F> | null {
  const found = awaits(state, fault, fits);
  if (found) useUp(state, found);
  return found;
}

function useUp(state: PrinterState, one: Misbehaviour): void {
  const times = 'times' in one ? (one.times ?? 1) : 1;
  const at = state.misbehaviours.indexOf(one);
  const left = times > 1 ? [{ ...one, times: times - 1 } as Misbehaviour] : [];
  state.misbehaviours.splice(at, 1, ...left);
}

/** What goes wrong at this panel of the card; a cable that is pulled stops no rollers and is not among it. */
export function takeAtPanel(state: PrinterState, nth: number) {
  const fits = (one: object) => 'atPanel' in one && one.atPanel === nth;
  return (
    takeFault(state, 'jam', fits) ??
    takeFault(state, 'ribbon-ends', fits) ??
    takeFault(state, 'ribbon-breaks', fits) ??
    takeFault(state, 'cover-opens', fits) ??
    takeFault(state, 'power-fails', fits)
  );
}

/** A cut of power or cable that waits for this moment of this command. */
export function takeCut(state: PrinterState, command: string, moment: 'heard' | 'done' | 'answered') {
  const fits = (one: object) =>
    'on' in one && 'moment' in one && one.moment === moment && command.startsWith(String(one.on));
  return takeFault(state, 'power-fails', fits) ?? takeFault(state, 'unplugged', fits);
}

/** How many of these bytes still arrive before a cut; null where none is near. Counts the rest down. */
export function bytesBeforeCut(state: PrinterState, count: number): { bytes: number; cut: 'power' | 'cable' } | null {
  const one = state.misbehaviours.find((other) => 'afterBytes' in other);
  if (!one || !('afterBytes' in one)) return null;
  if (one.afterBytes > count) {
    state.misbehaviours.splice(state.misbehaviours.indexOf(one), 1, { ...one, afterBytes: one.afterBytes - count });
    return null;
  }
  state.misbehaviours.splice(state.misbehaviours.indexOf(one), 1);
  return { bytes: one.afterBytes, cut: one.fault === 'power-fails' ? 'power' : 'cable' };
}
