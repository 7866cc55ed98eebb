import { DeviceError } from '#drivers/kit/device-error.ts';
import type { FenceFindings } from '../../card-printer.ts';
import { commands, KIOSK_ERROR_MODE, kioskSettings } from '../protocol/commands.ts';
import { COLOUR_PANEL_BYTES } from '../protocol/geometry.ts';
import { parseErrorMode } from '../protocol/replies.ts';
import type { Conversation } from './conversation.ts';
import { setForCertain } from './inspect.ts';
import { isReady, readPort } from './port-status.ts';
import { look, placeOf } from './sighting.ts';

const ALIVE_TRIES = 3; // card-printer.md 1.8
const CR = 0x0d;

/** Sends the kiosk settings (card-printer.md 1.7) and reads the error mode back: what was not read back does not count as set. */
export async function makeKiosk(talk: Conversation, signal: AbortSignal): Promise<void> {
  await setForCertain(talk, [...kioskSettings, commands.forbidEject], signal);
  const mode = await talk.read(commands.errorMode, parseErrorMode, signal);
  if (mode !== KIOSK_ERROR_MODE) throw new DeviceError('device/wrong-model', `the error mode stays ${mode}`);
}

/**
 * Makes a printer whose past is unknown harmless (promises.md 8): idle, reset, set, read back. A printer that swallows
 * questions may be waiting for the rest of a panel. Without leave to `flush`, nothing more is sent to it then, since even
 * a reset could be the bytes that complete the panel.
 */
export async function fencePrinter(
  talk: Conversation,
  { flush, beforeReset }: { flush: boolean; beforeReset?: ((found: FenceFindings) => void) | undefined },
  signal: AbortSignal,
): Promise<FenceFindings> {
  if (!(await answersWhenIdle(talk, signal))) {
    if (!flush)
      throw new DeviceError('card-printer/unreachable', 'no answer: it may be waiting for the rest of a panel');
    await completePanel(talk, signal);
  }
  const found = await findings(talk, signal);
  beforeReset?.(found);
  await reset(talk, signal);
  await talk.meet(signal);
  await makeKiosk(talk, signal);
  return found;
}

/**
 * The volatile error mode and the card's place while nothing of ours has touched them. A mode other than ours tells of a
 * power cycle, or of a reset after which nobody set it again. A printer that does not say so leaves both unknown.
 */
async function findings(talk: Conversation, signal: AbortSignal): Promise<FenceFindings> {
  try {
    await talk.meet(signal);
    const straysBefore = talk.strayReplies;
    const mode = await talk.read(commands.errorMode, parseErrorMode, signal);
    const strays = await talk.synchronise(signal);
    const isCertain = strays.length === 0 && talk.strayReplies === straysBefore;
    const power = mode !== KIOSK_ERROR_MODE ? 'lost' : isCertain ? 'kept' : 'unknown';
    return { power, placeBefore: placeOf(await look(talk, signal)) };
  } catch (error) {
    if (!(error instanceof DeviceError) || error.code === 'link/lost') throw error;
    talk.log.warn({ device: 'card-printer', code: error.code }, 'what was before the reset is not known');
    return { power: 'unknown', placeBefore: 'unknown' };
  }
}

async function answersWhenIdle(talk: Conversation, signal: AbortSignal): Promise<boolean> {
  const startMs = talk.clock.monotonicMs();
  const leftMs = () => talk.timing.idleWithinMs - (talk.clock.monotonicMs() - startMs);
  while (!isReady(await readPort(talk, signal)) && leftMs() > 0) {
    await talk.clock.sleep(talk.timing.pollEveryMs, signal);
  }
  return talk.answers(Math.max(leftMs(), commands.alive.replyWithinMs), signal);
}

/** NULs are pixels to a panel that waits, and nothing between commands (card-printer.md 1.2): enough for the largest panel. */
async function completePanel(talk: Conversation, signal: AbortSignal): Promise<void> {
  talk.log.warn({ device: 'card-printer' }, 'flushing a panel that may have been left half sent');
  const zeros = new Uint8Array(COLOUR_PANEL_BYTES + 1);
  zeros[COLOUR_PANEL_BYTES] = CR;
  await talk.link.write(zeros, { signal });
  if (await talk.answers(talk.timing.idleWithinMs, signal)) return;
  throw new DeviceError('card-printer/unreachable', 'no answer, also after the largest panel was completed');
}

/** `Srs`, whose own reply may not come, five seconds, then `Rok` three times at most (card-printer.md 1.8). */
async function reset(talk: Conversation, signal: AbortSignal): Promise<void> {
  await talk.hear(commands.reset, signal);
  await talk.clock.sleep(talk.timing.afterResetMs, signal);
  for (let attempt = 1; attempt <= ALIVE_TRIES; attempt += 1) {
    if ((await talk.hear(commands.alive, signal)) !== undefined) return talk.outOfStep();
  }
  throw new DeviceError('card-printer/unreachable', 'no answer after the reset');
}
