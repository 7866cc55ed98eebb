import { DeviceError } from '#drivers/kit/device-error.ts';
import { commands } from '../protocol/commands.ts';
import { parseSensor } from '../protocol/replies.ts';
import type { Conversation } from './conversation.ts';
import { assertSamePower, clearFault, inspect, readCardsFed } from './inspect.ts';
import { startMove } from './moves.ts';
import { portReady } from './port-status.ts';
import { watchUntil } from './sighting.ts';

/** One blank from the feeder to the print position, or a refusal before anything moved. Resolves when the sensor sees it there. */
export async function feedCard(talk: Conversation, signal: AbortSignal): Promise<void> {
  await assertSamePower(talk, signal);
  await refuseWhereHopeless(talk, signal);
  const fedBefore = await readCardsFed(talk, signal);
  await portReady(talk, 'card-printer/feeder-empty', signal);
  signal.throwIfAborted();
  try {
    await startMove(talk, commands.feed, signal);
    await arrive(talk, signal);
    await assertOneFed(talk, fedBefore, signal);
  } catch (error) {
    throw asFeedFault(error);
  }
}

/** A blank without ink: what stops or slips under way, and a wait that was given up, is a failed feed. */
function asFeedFault(cause: unknown): DeviceError {
  if (cause instanceof DeviceError && cause.code !== 'card-printer/move-failed') return cause;
  return new DeviceError('card-printer/feed-failed', cause instanceof Error ? cause.message : String(cause), { cause });
}

/** A feeder that runs empty may block the command (card-printer.md 1.11), so everything is asked first. */
async function refuseWhereHopeless(talk: Conversation, signal: AbortSignal): Promise<void> {
  const { readiness, refusal } = await inspect(talk, signal);
  if (refusal) throw new DeviceError(refusal, 'nothing was moved');
  if (readiness.inside !== 'none') {
    throw new DeviceError('card-printer/card-not-expected', `nothing was moved: the card place is ${readiness.inside}`);
  }
  await clearFault(talk, signal); // the transport is empty: the fault of an earlier card is over
}

async function arrive(talk: Conversation, signal: AbortSignal): Promise<void> {
  const atHead = await watchUntil(
    talk,
    (place, { inside }) => place === 'inside' && inside === 'print',
    { withinMs: talk.timing.feedWithinMs },
    signal,
  );
  if (atHead.inside === 'print' && atHead.atExit === false) return;
  const cardsLeft = await talk.read(commands.feederSensor, parseSensor, signal);
  throw new DeviceError(
    cardsLeft ? 'card-printer/feed-failed' : 'card-printer/feeder-empty',
    'no card came to the head',
  );
}

/** Two cards at once would leave together. A counter that did not move proves nothing (promises.md 13). */
export async function assertOneFed(
  talk: Conversation,
  fedBefore: number | null,
  signal: AbortSignal,
  most = 1,
): Promise<void> {
  const fed = await readCardsFed(talk, signal);
  if (fedBefore === null || fed === null || fed - fedBefore <= most) return;
  throw new DeviceError(
    'card-printer/card-not-expected',
    `the printer counts ${fed - fedBefore} cards fed, not ${most}`,
  );
}
