import { reasonOf } from '#central/commands/people.ts';
import { findByCode } from '#central/gateway/records.ts';
import { isPickupNumber } from '#contract/uplink/codes.ts';
import { idPattern } from '#contract/uplink/topics.ts';
import { dayAt } from '#kit/civil-date.ts';
import type { Store } from '#kit/store.ts';

export interface Unlock {
  pickupNumber: string;
  /** Who saw the person's document, and why the PIN was wrong; both are kept. */
  operatorId: string;
  reason: string;
}

/** Opens a PIN that is locked for today: asked by the officer who has the person before them. The number leaves no trace. */
export function unlockPin(
  store: Store,
  lookupKey: Uint8Array,
  nowMs: number,
  { pickupNumber, operatorId, reason }: Unlock,
): void {
  const digits = pickupNumber.replaceAll(' ', '');
  if (!isPickupNumber(digits)) throw new Error('this is not a pick-up number');
  if (!idPattern.test(operatorId)) throw new Error(`${JSON.stringify(operatorId)} is not an operator id`);
  const why = reasonOf(reason);
  store.write('pin.unlocked', (db) => {
    const found = findByCode(db, lookupKey, digits);
    if (!found) throw new Error('nobody has this pick-up number');
    db.prepare('DELETE FROM pin_try WHERE subject = ? AND day = ?').run(found.record.person, dayAt(nowMs));
    db.prepare('INSERT INTO lookup VALUES (?, ?, ?, ?)').run(operatorId, 'unlock-pin', why, nowMs);
  });
}
