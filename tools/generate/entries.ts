import Type, { type TObject } from 'typebox';
import { type EntryType, Envelope, entryDataSchemas } from '#contract/uplink/entries.schema.ts';

const entryTypes = Object.keys(entryDataSchemas) as EntryType[];

/** The JSON Schema of a whole entry of each type, for the office that is not TypeScript. */
export const entrySchemas = Object.fromEntries(
  entryTypes.map((type) => {
    const data = entryDataSchemas[type];
    return [type, Type.Object({ ...Envelope.properties, type: Type.Literal(type), data })];
  }),
) as unknown as Record<EntryType, TObject>;

/** Every entry a journal may hold, as one JSON Schema: exactly one of the types. */
export function entriesSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Anjungan: journal entries',
    description:
      'The text of one entry. hash = SHA-256(previous hash || text), starting from SHA-256("anjungan/1|kiosk|epoch"). ' +
      'No personal data: rights are pseudonyms, operators are ids.',
    oneOf: entryTypes.map((type) => ({ $ref: `#/$defs/${type}` })),
    $defs: entrySchemas,
  };
}
