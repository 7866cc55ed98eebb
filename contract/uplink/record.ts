/** What central seals for one kiosk: the card's fields and how to recognise the person. */
export { isCardFields, isSealedRecord } from './record.generated.ts';
export type { CardFields, SealedRecord } from './record.schema.ts';
