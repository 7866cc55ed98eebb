import { idPattern } from '#contract/uplink/topics.ts';

/** The id of one operator, never a name. Throws in words where it is none. */
export function named(id: string): string {
  if (!idPattern.test(id)) throw new Error(`${JSON.stringify(id)} is not an operator id`);
  return id;
}

/** Two different people: what one alone may not do. */
export function twoOf(by: readonly string[]): [string, string] {
  const [first, second, ...rest] = by.map(named);
  if (!first || !second || rest.length > 0 || first === second)
    throw new Error('this takes two different people: --by A --by B');
  return [first, second];
}

export function documentOf(text: string): string {
  const document = text.trim().slice(0, 120);
  if (!document) throw new Error('this needs its document number: --document NO');
  return document;
}

export function countOf(count: number, most: number): number {
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new Error(`${count} is not a number of cards from 0 to ${most}`);
  return count;
}
