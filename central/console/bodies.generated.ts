// Made from bodies.schema.ts by `npm run generate`. Do not edit.
import { isObject, isOneOf, isText } from '#contract/plain-checks.ts';
import type { SearchBody, SignIn } from './bodies.schema.ts';

export const isSearchBody = (value: unknown): value is SearchBody =>
  isObject(value) &&
  isOneOf(value.kind, ['visit', 'pickup', 'receipt']) &&
  isText(value.value, 1, 120) &&
  isText(value.purpose, 0, 400);

export const isSignIn = (value: unknown): value is SignIn =>
  isObject(value) && isText(value.name, 1, 40) && isText(value.password, 1, 200);
