import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '#tools/generate/check-text.ts';

/** So long a text or list is enough to stand on both sides of a bound; sealed records would make the runs slow. */
const longest = 300;

/** Values that are as the schema says, its bounds among them. */
export function valid(schema: JsonSchema): Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valid));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.patternProperties) return record(schema);
  const make = byType[schema.type ?? 'unknown'];
  if (!make) throw new Error(`no values for ${JSON.stringify(schema)}`);
  return make(schema);
}

const byType: Readonly<Record<string, (schema: JsonSchema) => Arbitrary<unknown>>> = {
  unknown: () => fc.jsonValue(),
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  string: text,
  integer: ({ minimum, maximum }) =>
    fc.oneof(
      fc.integer({ min: minimum ?? -9_999, max: maximum ?? 2 ** 31 - 1 }),
      fc.constantFrom(minimum ?? 0, maximum ?? Number.MAX_SAFE_INTEGER),
    ),
  number: ({ minimum, maximum }) => fc.double({ min: minimum ?? -1e9, max: maximum ?? 1e9, noNaN: true }),
  array: ({ items, minItems, maxItems }) =>
    Array.isArray(items)
      ? fc.tuple(...items.map(valid))
      : fc.array(valid(items as JsonSchema), { minLength: minItems ?? 0, maxLength: Math.min(maxItems ?? 4, 60) }),
  object: object,
};

/** Letters of one and of two UTF-16 units, in exact numbers: a limit counts characters. */
function text({ pattern, minLength = 0, maxLength = longest }: JsonSchema): Arbitrary<string> {
  const most = Math.min(maxLength, longest);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).map((found) => found.slice(0, most));
  const exactly = (length: number) => fc.string({ unit: 'binary', minLength: length, maxLength: length });
  return fc.oneof(fc.string({ unit: 'binary', minLength, maxLength: most }), exactly(minLength), exactly(most));
}

function record({ patternProperties = {} }: JsonSchema): Arbitrary<unknown> {
  const [schema = {}] = Object.values(patternProperties);
  return fc.dictionary(fc.string({ maxLength: 30 }), valid(schema), { maxKeys: 4 });
}

function object({ properties = {}, required = [] }: JsonSchema): Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, valid(schema)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

/** What is put where something else belongs: near misses of every kind, in JSON and outside it. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, '', '0', 'issued', [], {}, [[]], 7n, new Map(), () => 1),
  fc.constantFrom<unknown>(
    0,
    -0,
    -1,
    1,
    2,
    10,
    127,
    128,
    0.5,
    65_536,
    1e15,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ),
  fc.nat({ max: 220 }).map((length) => 'x'.repeat(length)),
  fc.nat({ max: 220 }).map((length) => '💳'.repeat(length)),
  fc.constantFrom(...['a\nb', '12345678901234567890123', '16-02-20261', '1234567890120000\n']),
  fc.array(fc.string(), { maxLength: 12 }),
);

/** A right value in which one thing is wrong, perhaps: a part exchanged, left out or added, at any depth. */
export function nearly(right: Arbitrary<unknown>): Arbitrary<unknown> {
  const change = fc.record({
    path: fc.array(fc.nat(), { maxLength: 5 }),
    how: fc.constantFrom<'exchange' | 'leave-out' | 'add'>('exchange', 'exchange', 'leave-out', 'add'),
    key: fc.constantFrom('extra', 'a\nb', 'tap', ''),
    value: strange,
  });
  return fc.tuple(right, change).map(([value, wish]) => changed(value, wish.path, wish));
}

interface Change {
  how: 'exchange' | 'leave-out' | 'add';
  key: string;
  value: unknown;
}

function changed(value: unknown, [step, ...rest]: readonly number[], change: Change): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return change.value;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [...value] : { ...value };
  const fields = copy as Record<string, unknown>;
  const keys = Object.keys(fields);
  const key = keys[step % Math.max(keys.length, 1)];
  if (change.how === 'add' || key === undefined) fields[Array.isArray(copy) ? keys.length : change.key] = change.value;
  else if (change.how === 'leave-out' && rest.length === 0) delete fields[key];
  else fields[key] = changed(fields[key], rest, change);
  return copy;
}
