import type { ProblemCode } from '#contract/problems/codes.ts';
import type { CardPrinter } from '#drivers/card-printer/card-printer.ts';
import type { Panel } from '#drivers/panel/panel.ts';
import { DeadlineError, withDeadline } from '#kit/async.ts';
import type { Clock } from '#kit/clock.ts';

/** The only way out of the cabinet, and what guards it. */
export interface Slot {
  printer: CardPrinter;
  panel: Panel;
  clock: Clock;
}

/** A device that must not be used for a card now. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
  readonly code: ProblemCode;
  constructor(code: ProblemCode, detail: string) {
    super(`${detail} (${code})`);
    this.code = code;
  }
}

/** Freshly proved: shutter closed and nothing in the exit. `unknown` proves nothing. */
export function exitIsSafe({ sensors }: Panel): boolean {
  return sensors.shutterClosed === true && sensors.cardAtExit === false;
}

/** What the panel's sensors forbid right now, or null. */
export function panelForbids({ sensors }: Panel): ProblemCode | null {
  const { shutterClosed, cardAtExit, doorClosed, mainsPresent } = sensors;
  if ([shutterClosed, cardAtExit, doorClosed, mainsPresent].includes('unknown')) return 'panel/sensor-silent';
  if (mainsPresent === false) return 'panel/mains-lost';
  if (doorClosed === false) return 'panel/door-open';
  if (shutterClosed === false) return 'panel/shutter-stuck';
  return cardAtExit === true ? 'panel/exit-not-empty' : null;
}

/** No feed unless shutter closed, exit and transport empty, room in the box, cards and ribbon are freshly proved. */
export async function requireReady({ printer, panel }: Omit<Slot, 'clock'>, signal: AbortSignal): Promise<void> {
  const forbidden = panelForbids(panel);
  if (forbidden) throw new NotReady(forbidden, 'the panel forbids a feed');
  if (printer.status.state === 'away') throw new NotReady('card-printer/unreachable', 'the printer is away');
  const { coverClosed, inside, feederHasCards, rejectBoxHasRoom, ribbonPrintsLeft } = await printer.check({ signal });
  if (coverClosed === false) throw new NotReady('card-printer/cover-open', 'the cover is open');
  if (inside !== 'none') throw new NotReady('card-printer/card-not-expected', `a card is ${inside}`);
  if (feederHasCards !== true) throw new NotReady('card-printer/feeder-empty', 'the feeder shows no card');
  if (rejectBoxHasRoom !== true) throw new NotReady('card-printer/reject-box-full', 'the reject box shows no room');
  if (ribbonPrintsLeft === 0) throw new NotReady('card-printer/ribbon-ended', 'no panel is left');
}

/** True when a hand took the card in time: the sensor saw it and then saw it gone, whatever stands there by now. */
export async function waitUntilTaken(
  panel: Pick<Panel, 'sensors' | 'watch'>,
  clock: Clock,
  waitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  let seen = false;
  const { exitEmptied: before = 0 } = panel.sensors;
  try {
    return await withDeadline(clock, waitMs, signal, async (stop) => {
      for await (const { cardAtExit, exitEmptied = 0 } of panel.watch(stop)) {
        if (exitEmptied > before) return true; // however short it was empty
        if (cardAtExit === true) seen = true;
        if (cardAtExit === false && seen) return true;
      }
      return false;
    });
  } catch (error) {
    if (error instanceof DeadlineError) return false;
    throw error;
  }
}
