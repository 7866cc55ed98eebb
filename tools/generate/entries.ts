import { entrySchemas, entryTypes } from '#contract/uplink/entries.ts';

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
