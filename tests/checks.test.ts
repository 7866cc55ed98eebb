import fc, { type Arbitrary } from 'fast-check';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import type { EntryType } from '#contract/uplink/entries.schema.ts';
import { isEntry } from '#contract/uplink/entries.ts';
import type { JsonSchema } from '#tools/generate/check-text.ts';
import { schemaFiles } from '#tools/generate/checks.ts';
import { entrySchemas } from '#tools/generate/entries.ts';
import { nearly, valid } from './support/schema-values.ts';

type Row = [name: string, schema: object, check: (value: unknown) => boolean];
const root = `${import.meta.dirname}/..`;

/** Every schema of a file beside the function made from it; a table gives one row per line. */
async function rowsOf(stem: string): Promise<Row[]> {
  const made = (await import(`${root}/${stem}.generated.ts`)) as Record<string, never>;
  return Object.entries(schemaFiles[stem] ?? {}).flatMap(([name, part]): Row[] => {
    if (/^[A-Z]/.test(name)) return [[name, part, made[`is${name}`] as never]];
    const table = made[name.replace(/Schemas$/, 'Checks')] as unknown as Record<string, never>;
    return Object.entries(part).map(([key, schema]) => [`${name}: ${key}`, schema as object, table[key] as never]);
  });
}

const generated = (await Promise.all(Object.keys(schemaFiles).map(rowsOf))).flat();
const wholeEntries = Object.entries(entrySchemas).map(
  ([type, schema]): Row => [`entry ${type}`, schema, (value) => isEntry(type as EntryType, value)],
);

describe('a check made from a schema says what TypeBox says', () => {
  test.each([...generated, ...wholeEntries])('%s', (_, schema, check) => {
    const seen = { valid: 0, refused: 0 };
    const agree = (value: unknown) => {
      const verdict = Value.Check(schema as TSchema, value);
      seen[verdict ? 'valid' : 'refused'] += 1;
      expect(check(value)).toBe(verdict);
    };
    const right = valid(schema as JsonSchema);
    fc.assert(fc.property(right as Arbitrary<unknown>, agree), { numRuns: 60 });
    expect(seen.refused).toBe(0);
    fc.assert(fc.property(nearly(right), agree), { numRuns: 250 });
    fc.assert(fc.property(fc.anything(), agree), { numRuns: 60 });
    expect(seen.refused).toBeGreaterThan(20);
  });
});
