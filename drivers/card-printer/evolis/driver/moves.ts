import { DeviceError } from '#drivers/kit/device-error.ts';
import type { CardPlace } from '../../card-printer.ts';
import { type Command, commands } from '../protocol/commands.ts';
import { parseRejectBox } from '../protocol/replies.ts';
import type { Conversation } from './conversation.ts';
import { assertSamePower, clearFault } from './inspect.ts';
import { look, placeOf, watchUntil } from './sighting.ts';

/**
 * The card inside goes to the bezel and is held there (card-printer.md 1.8: `Pneab;A;1`, 100 ms, `Se`). Resolves when the
 * bezel sensor sees it and the transport is empty. A card that was taken in between was never seen: outcome unknown.
 */
export async function presentCard(talk: Conversation, signal: AbortSignal): Promise<void> {
  await assertSamePower(talk, signal);
  await assertPlace(talk, 'present', 'inside', signal);
  await talk.order(commands.allowEject, signal);
  await talk.clock.sleep(talk.timing.beforeEjectMs, signal);
  await startMove(talk, commands.endJob, signal);
  await assertArrival(talk, 'at-exit', talk.timing.presentWithinMs, signal);
}

/**
 * A card that stands in the bezel comes back inside. The sheet's flow goes on with `Sis` (1.8), which would feed a new blank
 * where the card was taken meanwhile; `Sib` alone brings it into the transport, so that is left out.
 */
export async function retractCard(talk: Conversation, signal: AbortSignal): Promise<void> {
  await assertSamePower(talk, signal);
  await assertPlace(talk, 'retract', 'at-exit', signal);
  await startMove(talk, commands.retract, signal);
  await assertArrival(talk, 'inside', talk.timing.moveWithinMs, signal);
}

/** The card inside goes to the reject box. Resolves only when `Ser` was accepted and the transport has proved empty since. */
export async function rejectCard(talk: Conversation, signal: AbortSignal): Promise<void> {
  await assertSamePower(talk, signal);
  if ((await talk.read(commands.rejectBox, parseRejectBox, signal)) === 'full') {
    throw new DeviceError('card-printer/reject-box-full', 'nothing was moved');
  }
  const before = placeOf(await look(talk, signal)); // after a jam it may be unknown, and the box is still the place to try
  if (before === 'none' || before === 'at-exit') throw nothingTo('reject', before);
  await clearFault(talk, signal); // a jam that is not acknowledged lets nothing move
  await talk.order(commands.rejectToBox, signal);
  if (await isRejected(talk, signal)) return;
  await rejectWithEjectAllowed(talk, signal);
}

/** Whether `Pneab;A;0` forbids `Ser` as well is not known; production kiosks send `A;1` before it (card-printer.md 1.8). */
async function rejectWithEjectAllowed(talk: Conversation, signal: AbortSignal): Promise<void> {
  await talk.order(commands.allowEject, signal);
  const rejected = await isRejected(talk, signal);
  await talk.order(commands.forbidEject, signal);
  if (!rejected) throw new DeviceError('card-printer/move-failed', 'the card did not go to the box');
}

async function isRejected(talk: Conversation, signal: AbortSignal): Promise<boolean> {
  await talk.order(commands.reject, signal);
  const isEmpty = (place: CardPlace) => place === 'none' || place === 'at-exit';
  const seen = placeOf(await watchUntil(talk, isEmpty, { withinMs: talk.timing.moveWithinMs }, signal));
  if (seen === 'none' || seen === 'inside') return seen === 'none';
  throw new DeviceError('card-printer/outcome-unknown', `rejected, and now the card place is ${seen}`);
}

async function assertPlace(talk: Conversation, step: string, wanted: CardPlace, signal: AbortSignal): Promise<void> {
  const place = placeOf(await look(talk, signal));
  if (place !== wanted) throw nothingTo(step, place);
}

function nothingTo(step: string, place: CardPlace): DeviceError {
  return new DeviceError('card-printer/move-failed', `nothing to ${step}: the card place is ${place}`);
}

/** Starts a move whose end the sensors prove. A missing reply is no reason to look away then. */
export async function startMove(talk: Conversation, command: Command, signal: AbortSignal): Promise<void> {
  try {
    await talk.order(command, signal);
  } catch (error) {
    const isDoubt =
      error instanceof DeviceError && ['card-printer/unreachable', 'device/protocol'].includes(error.code);
    if (!isDoubt) throw error;
    talk.outOfStep();
    talk.log.warn({ device: 'card-printer', code: error.code }, `${command.text} was not answered: the sensors decide`);
  }
}

async function assertArrival(
  talk: Conversation,
  wanted: CardPlace,
  withinMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { goneAfterMs } = talk.timing;
  const seen = placeOf(await watchUntil(talk, (place) => place === wanted, { withinMs, goneAfterMs }, signal));
  if (seen === wanted) return;
  const stayed = seen === 'inside' || seen === 'at-exit';
  throw new DeviceError(
    stayed ? 'card-printer/move-failed' : 'card-printer/outcome-unknown',
    `the card place is ${seen}`,
  );
}
