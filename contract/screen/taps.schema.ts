import Type, { type Static } from 'typebox';

const Digits = (maxLength: number) => Type.String({ pattern: '^[0-9]*$', maxLength });
const Tap = <N extends string>(tap: N) => Type.Object({ tap: Type.Literal(tap) });

/** Everything a finger can say. Digits are sent once, when the person presses OK. */
export const TapBody = Type.Union([
  Tap('start'),
  Type.Object({ tap: Type.Literal('choose'), how: Type.Enum(['qr', 'number'] as ['qr', 'number']) }),
  Type.Object({ tap: Type.Literal('number'), digits: Digits(20) }),
  Type.Object({ tap: Type.Literal('pin'), digits: Digits(8) }),
  Type.Object({
    tap: Type.Literal('answer'),
    answer: Type.Enum(['yes', 'not-me', 'data-wrong'] as ['yes', 'not-me', 'data-wrong']),
  }),
  Type.Object({ tap: Type.Literal('language'), lang: Type.Enum(['id', 'en'] as ['id', 'en']) }),
  /** The finger that is asked for cannot be used now: another enrolled one. */
  Tap('other-finger'),
  Tap('retry'),
  Tap('back'),
  Tap('leave'),
  Tap('still-here'),
  Tap('more-time'),
  Tap('call-officer'),
  Tap('not-received'),
  Tap('done'),
]);
export type TapBody = Static<typeof TapBody>;

/** `POST /tap`. A stale `rev` gets 409 and changes nothing; a repeated `tapId` is answered again, not done again. */
export const TapRequest = Type.Object({
  rev: Type.Integer({ minimum: 0 }),
  tapId: Type.String({ minLength: 8, maxLength: 64 }),
  tap: TapBody,
});
export type TapRequest = Static<typeof TapRequest>;
