import { expect, test } from 'vitest';
import { checkText, type JsonSchema } from './check-text.ts';

const text = (schema: object, names = new Map<string, string>()) => checkText(schema as JsonSchema, 'value', names);

test('a field that may be absent is checked where it is there', () => {
  const schema = { type: 'object', properties: { pin: { type: 'string', maxLength: 16 } } };
  expect(text(schema)).toBe('isObject(value) && (value.pin === undefined || (isText(value.pin, 0, 16)))');
});

test('a schema with a check of its own is called by its name', () => {
  const head = { type: 'integer', minimum: 0 };
  const schema = { type: 'object', required: ['head'], properties: { head } };
  expect(text(schema, new Map([[JSON.stringify(head), 'Head']]))).toBe('isObject(value) && isHead(value.head)');
});

test.each([
  ['a keyword nobody knows', { type: 'integer', multipleOf: 5 }],
  ['a format', { type: 'string', format: 'date' }],
  ['an object without other fields', { type: 'object', properties: {}, additionalProperties: false }],
  ['a list of different things', { type: 'array', items: { type: 'null' }, uniqueItems: true }],
  ['a tuple that may be short', { type: 'array', items: [{ type: 'null' }], additionalItems: false, minItems: 0 }],
  ['all of several', { allOf: [{ type: 'null' }] }],
  ['a type nobody knows', { type: 'bigint' }],
])('%s is refused: what is skipped would go unchecked', (_, schema) => {
  expect(() => text(schema)).toThrow();
});
