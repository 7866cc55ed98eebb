import Type, { type Static } from 'typebox';
import { maxSealedBytes } from './limits.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Optional = (maxLength: number) => Type.Union([Type.String({ maxLength }), Type.Null()]);

/** The fields on the face of a card, as the office wrote them. Dates are `DD-MM-YYYY`. */
export const CardFields = Type.Object({
  province: Text(60),
  city: Text(60),
  nik: Type.String({ pattern: '^[0-9]{16}$' }),
  name: Text(120),
  birthPlace: Text(60),
  birthDate: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}-[0-9]{4}$' }),
  sex: Type.Enum(['LAKI-LAKI', 'PEREMPUAN'] as ['LAKI-LAKI', 'PEREMPUAN']),
  bloodGroup: Text(3),
  address: Text(160),
  rtRw: Type.String({ pattern: '^[0-9]{3}/[0-9]{3}$' }),
  kelurahan: Text(60),
  kecamatan: Text(60),
  religion: Text(40),
  maritalStatus: Text(24),
  occupation: Text(60),
  nationality: Type.Enum(['WNI', 'WNA'] as ['WNI', 'WNA']),
  validUntil: Text(24),
  issuePlace: Text(60),
  issueDate: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}-[0-9]{4}$' }),
  /** JPEG, base64. */
  portrait: Text(maxSealedBytes),
  /** PNG, base64: dark strokes; some people have none. */
  signature: Optional(maxSealedBytes),
});
export type CardFields = Static<typeof CardFields>;

/** What central seals for one kiosk: the card's fields and, for offline use, how to recognise the person. */
export const SealedRecord = Type.Object({
  v: Type.Literal(1),
  rightId: Text(64),
  class: Text(32),
  firstCard: Type.Boolean(),
  card: CardFields,
  identify: Type.Union([Type.Object({ code: Text(64), nik: Text(64), pinVerifier: Text(200) }), Type.Null()]),
  fingers: Type.Array(Type.String({ maxLength: 4096 }), { maxItems: 10 }),
});
export type SealedRecord = Static<typeof SealedRecord>;
