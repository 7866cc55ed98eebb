import type { ProblemCode } from '#contract/problems/codes.ts';
import { DeviceError } from '#drivers/kit/device-error.ts';
import type { CardPlace } from '../../card-printer.ts';
import { commands } from '../protocol/commands.ts';
import { problemIn } from '../protocol/problem-texts.ts';
import { type InsidePosition, parsePosition, parseSensor } from '../protocol/replies.ts';
import type { Conversation } from './conversation.ts';

/** What transport and bezel sensor said at one moment. */
export interface Sighting {
  inside: InsidePosition | 'unknown';
  atExit: boolean | 'unknown';
  /** The transport answered with a fault instead of a position. */
  problem?: ProblemCode;
}

/**
 * A look that does not fit costs its pause; giving up may hand a right to two people. Each stale reply spoils one look, so
 * that printers which lie several times in a row are still heard. Silence costs a whole deadline each time, and is
 * believed sooner.
 */
const LOOKS = 6;
const SILENT_LOOKS = 3;
const NOTHING_CERTAIN: Sighting = { inside: 'unknown', atExit: 'unknown' };

/**
 * Looks for a card in transport and bezel, between two serial numbers: a stale `OK` in place of the position would mean
 * "no card" otherwise (promises.md 8). What does not fit is asked again, six times at most; then nothing is certain.
 * Rejects with `card-printer/unreachable` at the third silence.
 */
export async function look(talk: Conversation, signal: AbortSignal): Promise<Sighting> {
  let silences = 0;
  for (let attempt = 1; attempt <= LOOKS; attempt += 1) {
    if (attempt > 1) await talk.clock.sleep(talk.timing.beforeRetryMs, signal);
    try {
      const seen = await lookOnce(talk, signal);
      if (seen) return seen;
    } catch (error) {
      silences += 1;
      const silent = error instanceof DeviceError && error.code === 'card-printer/unreachable';
      if (!silent || silences === SILENT_LOOKS) throw error;
    }
  }
  return NOTHING_CERTAIN;
}

async function lookOnce(talk: Conversation, signal: AbortSignal): Promise<Sighting | undefined> {
  await talk.synchronise(signal);
  const straysBefore = talk.strayReplies;
  const position = await talk.ask(commands.cardInside, signal);
  const bezel = await talk.ask(commands.bezelSensor, signal);
  const serial = await talk.ask(commands.serial, signal);
  const inside = parsePosition(position);
  const problem = inside === undefined ? problemIn(position) : undefined;
  const atExit = parseSensor(bezel);
  const fits = serial === talk.serial && talk.strayReplies === straysBefore;
  if (!fits || atExit === undefined || (inside === undefined && problem === undefined)) {
    talk.outOfStep();
    return undefined;
  }
  return problem ? { inside: 'unknown', atExit, problem } : { inside: inside ?? 'unknown', atExit };
}

/** The promise's words for it. Both sensors at once is a contradiction: one card cannot be at two places. */
export function placeOf({ inside, atExit }: Sighting): CardPlace {
  if (inside === 'unknown' || atExit === 'unknown') return 'unknown';
  if (inside !== 'none') return atExit ? 'unknown' : 'inside';
  return atExit ? 'at-exit' : 'none';
}

/**
 * Moves only begin with their `OK` (`Psmgr;2`), so the sensors are watched until they agree on `wanted`. Resolves with the
 * last sighting, wanted or not, when `withinMs` is over or when no sensor has seen a card for `goneAfterMs`; rejects with
 * the fault that the transport reports.
 */
export async function watchUntil(
  talk: Conversation,
  wanted: (place: CardPlace, seen: Sighting) => boolean,
  limits: { withinMs: number; goneAfterMs?: number },
  signal: AbortSignal,
): Promise<Sighting> {
  const startMs = talk.clock.monotonicMs();
  let lastSeenMs = startMs;
  for (;;) {
    const seen = await look(talk, signal);
    if (seen.problem) throw new DeviceError(seen.problem, 'the transport reports a fault');
    const nowMs = talk.clock.monotonicMs();
    if (placeOf(seen) !== 'none') lastSeenMs = nowMs;
    const isGone = nowMs - lastSeenMs >= (limits.goneAfterMs ?? Number.POSITIVE_INFINITY);
    if (wanted(placeOf(seen), seen) || isGone || nowMs - startMs >= limits.withinMs) return seen;
    await assertNoFault(talk, signal);
    await talk.clock.sleep(talk.timing.pollEveryMs, signal);
  }
}

/** A move that was accepted and then failed leaves its fault as the last reply (`Rlr`, card-printer.md 1.9). */
export async function assertNoFault(talk: Conversation, signal: AbortSignal): Promise<void> {
  const reply = await talk.ask(commands.lastReply, signal);
  const code = parsePosition(reply) === undefined ? problemIn(reply) : undefined; // `ERR CARD` is an empty transport
  if (code !== undefined && code !== 'device/protocol') throw new DeviceError(code, `the last reply is "${reply}"`);
}
