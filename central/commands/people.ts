import { idPattern } from '#contract/uplink/topics.ts';
import { holdsNik, withoutNumbers } from '#kit/personal-numbers.ts';

/** Two different operators who answer for one act. */
export type Two = readonly [string, string];

/** Reads `--by A --by B`. Two spellings of one id are one person. */
export function twoOf(by: unknown): Two {
  const people = [by].flat().filter((id) => id !== undefined && id !== null);
  const [first, second, ...more] = people.map(operatorOf);
  if (!first || !second || more.length > 0) throw new Error('two operators answer for this: --by A --by B');
  if (first.toUpperCase() === second.toUpperCase()) throw new Error(`${first} cannot be both of two people`);
  return [first, second];
}

export function operatorOf(id: unknown): string {
  if (typeof id !== 'string' || !idPattern.test(id)) throw new Error(`${JSON.stringify(id)} is not an operator id`);
  return id;
}

/** Kept for years: it says why, and a number that slipped in is taken out. */
export function reasonOf(text: unknown): string {
  const reason = withoutNumbers(typeof text === 'string' ? text.trim() : '');
  if (reason.length < 5) throw new Error('say why: --reason TEXT');
  return reason.slice(0, 200);
}

/** Words that name a thing: a document, a body, a place. */
export function namedOf(text: unknown, option: string): string {
  const named = typeof text === 'string' ? text.trim() : '';
  if (named.length < 3 || named.length > 120) throw new Error(`name it in 3 to 120 letters: --${option} TEXT`);
  if (holdsNik(named)) throw new Error(`no NIK belongs into what is kept: --${option} TEXT`);
  return named;
}

export function countOf(value: unknown, option: string): number {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,5}$/.test(text)) throw new Error(`a whole number is needed: --${option} N`);
  return Number(text);
}
