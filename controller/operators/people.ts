import type { EntryData } from '#contract/uplink/entries.ts';
import { idPattern } from '#contract/uplink/topics.ts';
import { holdsNik, withoutNumbers } from '#kit/personal-numbers.ts';

/** Two different people, by their ids. */
export type Two = [string, string];

/** The id of one operator, never a name. Throws in words where it is none. */
export function named(id: string): string {
  if (!idPattern.test(id) || holdsNik(id)) throw new Error(`${JSON.stringify(id)} is not an operator id`);
  return id;
}

/** Two different people: what one alone may not do. */
export function twoOf(by: readonly string[]): Two {
  const [first, second, ...rest] = by.map(named);
  if (!first || !second || rest.length > 0 || first.toLowerCase() === second.toLowerCase())
    throw new Error('this takes two different people: --by A --by B');
  return [first, second];
}

export function documentOf(text: string): string {
  const document = text.trim().slice(0, 120);
  if (!document) throw new Error('this needs its document number: --document NO');
  if (holdsNik(document)) throw new Error('a document number is needed here, and no NIK: --document NO');
  return document;
}

/** Kept for years: a number of a person that slipped in is taken out. */
export function reasonOf(text: string): string {
  const reason = withoutNumbers(text.trim()).slice(0, 80);
  if (!reason) throw new Error('this needs a reason: --reason TEXT');
  return reason;
}

/** More cards than fit into any feeder or box are a slip of the finger. */
export const mostAtOnce = 500;

/** What was counted; nothing is a count too. */
export function countOf(count: number): number {
  if (!Number.isInteger(count) || count < 0 || count > mostAtOnce)
    throw new Error(`${count} is not a number of cards from 0 to ${mostAtOnce}`);
  return count;
}

/** What was moved: at least one card. */
export function someOf(count: number): number {
  if (countOf(count) === 0) throw new Error(`0 is not a number of cards from 1 to ${mostAtOnce}`);
  return count;
}

/** An act of two; `operatorId` is who typed it. */
export function actOfTwo(
  action: string,
  by: Two,
  { document, reason }: { document?: string; reason?: string } = {},
): EntryData<'operator.acted'> {
  return {
    action,
    operatorId: by[0],
    by,
    ...(reason && { reason: reason.slice(0, 120) }),
    ...(document && { document }),
  };
}
