import Type, { type Static } from 'typebox';
import type { SearchKind } from '#central/fleet/search.ts';

const kinds = ['visit', 'pickup', 'receipt'] as const satisfies SearchKind[];

/** What the page sends; it is checked like anything else that comes from outside. */
export const SignIn = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 40 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});
export type SignIn = Static<typeof SignIn>;

export const SearchBody = Type.Object({
  kind: Type.Unsafe<SearchKind>({ enum: [...kinds] }),
  value: Type.String({ minLength: 1, maxLength: 120 }),
  purpose: Type.String({ maxLength: 400 }),
});
export type SearchBody = Static<typeof SearchBody>;
