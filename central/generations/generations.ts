import type { Two } from '#central/commands/people.ts';
import { findByCode } from '#central/gateway/records.ts';
import { newestRight, openGeneration as openRight } from '#central/rights/open-right.ts';
import { isPickupNumber } from '#contract/uplink/codes.ts';
import type { RightState } from '#contract/uplink/rights.ts';
import type { Db } from '#kit/store.ts';

/** A person, as staff can name one: by the pick-up number, or by the keyed hash that stands for the NIK everywhere. */
export type Whom = { pickupNumber: string } | { person: string };

/** Only what is over makes room for the next card: what is fenced must be decided first. */
const over: readonly RightState[] = ['issued', 'closed', 'lost'];

export function personNamed(db: Db, lookupKey: Uint8Array, whom: Whom): string {
  if ('person' in whom) {
    if (!newestRight(db, whom.person)) throw new Error('nobody is known under this id');
    return whom.person;
  }
  const digits = whom.pickupNumber.replaceAll(/[ .-]/g, '');
  if (!isPickupNumber(digits)) throw new Error('this is not a pick-up number');
  const found = findByCode(db, lookupKey, digits);
  if (!found) throw new Error('nobody has this pick-up number');
  return found.record.person;
}

/**
 * Opens the right for the next card of a person beside an old one that is over, in the caller's transaction. Who, when and
 * why stands in the look-up log, together with the right it is about. Throws why not.
 */
export function openGeneration(
  db: Db,
  nowMs: number,
  person: string,
  { by, reason }: { by: Two; reason: string },
): { rightId: string; generation: number } {
  const newest = newestRight(db, person);
  if (!newest) throw new Error('there is no card yet: the first generation opens by itself');
  const { state, generation } = newest;
  if (!over.includes(state)) throw new Error(`generation ${generation} is ${state}: ${whatFirst(state)}`);
  const { right_id: rightId } = openRight(db, person, generation + 1, nowMs);
  const log = db.prepare("INSERT INTO lookup VALUES (?, 'open-generation', ?, ?)");
  for (const who of by) log.run(who, `right ${rightId}: ${reason}`, nowMs);
  return { rightId, generation: generation + 1 };
}

function whatFirst(state: RightState): string {
  if (state === 'usable' || state === 'paused') return 'that card may still be printed';
  if (state === 'fenced' || state === 'fenced-inked') return 'decide-right first';
  if (state === 'held' || state === 'in-doubt') return 'two people look at the card first';
  return 'a kiosk is at it';
}
