import fc, { type Arbitrary } from 'fast-check';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import * as bodies from '#central/console/bodies.generated.ts';
import * as taps from '#contract/screen/taps.generated.ts';
import * as enrolment from '#contract/uplink/enrolment.generated.ts';
import * as entries from '#contract/uplink/entries.generated.ts';
import type { EntryType } from '#contract/uplink/entries.schema.ts';
import { isEntry } from '#contract/uplink/entries.ts';
import * as messages from '#contract/uplink/messages.generated.ts';
import * as record from '#contract/uplink/record.generated.ts';
import * as cabinetFile from '#controller/devices/cabinet-file.generated.ts';
import type { JsonSchema } from '#tools/generate/check-text.ts';
import { schemaFiles } from '#tools/generate/checks.ts';
import { entrySchemas } from '#tools/generate/entries.ts';
import { nearly, valid } from './support/schema-values.ts';

type Row = [name: string, schema: object, check: (value: unknown) => boolean];
/** The functions that were made, by the same stems as the schema files. */
const generated: Readonly<Record<string, object>> = {
  'contract/uplink/entries': entries,
  'contract/uplink/messages': messages,
  'contract/uplink/record': record,
  'contract/uplink/enrolment': enrolment,
  'contract/screen/taps': taps,
  'controller/devices/cabinet-file': cabinetFile,
  'central/console/bodies': bodies,
};

/** Every schema of a file beside the function made from it; a table gives one row per line. */
function rowsOf(stem: string): Row[] {
  const made = { ...generated[stem] } as Record<string, never>;
  return Object.entries(schemaFiles[stem] ?? {}).flatMap(([name, part]): Row[] => {
    if (/^[A-Z]/.test(name)) return [[name, part, made[`is${name}`] as never]];
    const table = made[name.replace(/Schemas$/, 'Checks')] as unknown as Record<string, never>;
    return Object.entries(part).map(([key, schema]) => [`${name}: ${key}`, schema as object, table[key] as never]);
  });
}

const wholeEntries = Object.entries(entrySchemas).map(
  ([type, schema]): Row => [`entry ${type}`, schema, (value) => isEntry(type as EntryType, value)],
);

describe('a check made from a schema says what TypeBox says', () => {
  test.each([...Object.keys(schemaFiles).flatMap(rowsOf), ...wholeEntries])('%s', (_, schema, check) => {
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
