/**
 * What the generated checks are made of: each answers for one kind of JSON value, as JSON Schema defines it. They never
 * throw, whatever they are given.
 */
export type Check = (value: unknown) => boolean;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of so many characters: code points, as JSON Schema counts them, not UTF-16 units. */
export function isText(value: unknown, min = 0, max = Number.POSITIVE_INFINITY): value is string {
  if (typeof value !== 'string' || value.length < min) return false;
  if (value.length > 2 * max) return false; // a character has at most two units: a huge text is not counted
  if (value.length >= 2 * min && value.length <= max) return true;
  const characters = [...value].length;
  return characters >= min && characters <= max;
}

export function isNumber(value: unknown, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY) {
  return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
}

export function isInteger(value: unknown, min?: number, max?: number): boolean {
  return Number.isInteger(value) && isNumber(value, min, max);
}

export function isOneOf(value: unknown, values: readonly (string | number)[]): boolean {
  return values.some((one) => one === value);
}

export function isList(value: unknown, item: Check, min = 0, max = Number.POSITIVE_INFINITY): boolean {
  return Array.isArray(value) && value.length >= min && value.length <= max && value.every((one) => item(one));
}

/** A list with one check for each of its places. */
export function isTuple(value: unknown, items: readonly Check[]): boolean {
  return Array.isArray(value) && value.length === items.length && items.every((item, index) => item(value[index]));
}

/** An object with any keys: what stands under those that match `key` is checked. */
export function isRecord(value: unknown, key: RegExp, item: Check): boolean {
  return isObject(value) && Object.entries(value).every(([name, one]) => !key.test(name) || item(one));
}
