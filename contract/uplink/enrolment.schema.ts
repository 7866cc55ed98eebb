import Type, { type Static } from 'typebox';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Jwk = Type.Object({ kty: Type.Literal('OKP'), crv: Text(16), x: Text(64) });

/** What a kiosk hands in at its first start: its name and its public key. */
export const EnrolmentRequest = Type.Object({
  v: Type.Literal(1),
  kiosk: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,31}$' }),
  sealingKey: Jwk,
});
export type EnrolmentRequest = Static<typeof EnrolmentRequest>;

/** `HH:MM` pairs per weekday, Sunday first; an empty list is a closed day. */
const Hours = Type.Array(
  Type.Array(
    Type.Tuple([
      Type.String({ pattern: '^[0-2][0-9]:[0-5][0-9]$' }),
      Type.String({ pattern: '^[0-2][0-9]:[0-5][0-9]$' }),
    ]),
  ),
  {
    minItems: 7,
    maxItems: 7,
  },
);

export const SiteInfo = Type.Object({
  /** Short code on screens and papers: `SU1`. */
  code: Type.String({ pattern: '^[A-Z0-9]{2,6}$' }),
  name: Text(60),
  kind: Type.Enum(['HUB', 'KECAMATAN', 'MOBILE'] as ['HUB', 'KECAMATAN', 'MOBILE']),
  kecamatanCode: Text(13),
  cityCode: Text(8),
  city: Text(60),
  province: Text(60),
  /** When officers are there; usual office hours where it is absent. */
  hours: Type.Optional(Hours),
});
export type SiteInfo = Static<typeof SiteInfo>;

/** What central gives back: everything the kiosk needs to speak. The password is sealed to the kiosk's own key. */
export const Enrolment = Type.Object({
  v: Type.Literal(1),
  kiosk: Text(32),
  shard: Text(32),
  epoch: Type.Integer({ minimum: 1 }),
  site: SiteInfo,
  centralSealingKey: Jwk,
  centralSigningKey: Jwk,
  brokerUrl: Text(200),
  sealedPassword: Text(2048),
});
export type Enrolment = Static<typeof Enrolment>;
