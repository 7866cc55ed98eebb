// Made from taps.schema.ts by `npm run generate`. Do not edit.
import { isInteger, isObject, isOneOf, isText } from '#contract/plain-checks.ts';
import type { TapBody, TapRequest } from './taps.schema.ts';

export const isTapBody = (value: unknown): value is TapBody =>
  (isObject(value) && value.tap === 'start') ||
  (isObject(value) && value.tap === 'choose' && isOneOf(value.how, ['qr', 'number'])) ||
  (isObject(value) && value.tap === 'number' && isText(value.digits, 0, 20) && /^[0-9]*$/u.test(value.digits)) ||
  (isObject(value) && value.tap === 'pin' && isText(value.digits, 0, 8) && /^[0-9]*$/u.test(value.digits)) ||
  (isObject(value) && value.tap === 'answer' && isOneOf(value.answer, ['yes', 'not-me', 'data-wrong'])) ||
  (isObject(value) && value.tap === 'language' && isOneOf(value.lang, ['id', 'en'])) ||
  (isObject(value) && value.tap === 'other-finger') ||
  (isObject(value) && value.tap === 'retry') ||
  (isObject(value) && value.tap === 'back') ||
  (isObject(value) && value.tap === 'leave') ||
  (isObject(value) && value.tap === 'still-here') ||
  (isObject(value) && value.tap === 'more-time') ||
  (isObject(value) && value.tap === 'call-officer') ||
  (isObject(value) && value.tap === 'not-received') ||
  (isObject(value) && value.tap === 'done');

export const isTapRequest = (value: unknown): value is TapRequest =>
  isObject(value) && isInteger(value.rev, 0) && isText(value.tapId, 8, 64) && isTapBody(value.tap);
