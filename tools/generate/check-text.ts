/** The part of JSON Schema that the contract uses. Anything else is refused, not skipped: it would go unchecked. */
export interface JsonSchema {
  type?: string;
  const?: string | number;
  enum?: readonly (string | number)[];
  anyOf?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  patternProperties?: Readonly<Record<string, JsonSchema>>;
  items?: JsonSchema | readonly JsonSchema[];
  additionalItems?: boolean;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

/** Schemas that have a check of their own: the schema as JSON -> its name. */
type Names = ReadonlyMap<string, string>;
type Write = (schema: JsonSchema, at: string, names: Names) => string;

/** The keywords that may stand in a schema of each kind, and the expression that checks the value `at`. */
const kinds: readonly { kind: string; keywords: readonly string[]; write: Write }[] = [
  { kind: 'anyOf', keywords: ['anyOf'], write: anyOf },
  { kind: 'const', keywords: ['const', 'type'], write: (schema, at) => `${at} === ${literal(schema.const)}` },
  { kind: 'enum', keywords: ['enum'], write: (schema, at) => `isOneOf(${at}, ${literal(schema.enum)})` },
  { kind: 'null', keywords: ['type'], write: (_, at) => `${at} === null` },
  { kind: 'boolean', keywords: ['type'], write: (_, at) => `typeof ${at} === 'boolean'` },
  { kind: 'string', keywords: ['type', 'minLength', 'maxLength', 'pattern'], write: text },
  { kind: 'integer', keywords: ['type', 'minimum', 'maximum'], write: number('isInteger') },
  { kind: 'number', keywords: ['type', 'minimum', 'maximum'], write: number('isNumber') },
  { kind: 'tuple', keywords: ['type', 'items', 'additionalItems', 'minItems'], write: tuple },
  { kind: 'array', keywords: ['type', 'items', 'minItems', 'maxItems'], write: list },
  { kind: 'record', keywords: ['type', 'patternProperties'], write: record },
  { kind: 'object', keywords: ['type', 'properties', 'required'], write: object },
];

/** A TypeScript expression that is true where the value `at` (an expression too) is as the schema says. */
export function checkText(schema: JsonSchema, at: string, names: Names): string {
  const named = names.get(JSON.stringify(schema));
  if (named) return `is${named}(${at})`;
  const row = kinds.find(({ kind }) => kind === kindOf(schema));
  if (!row || Object.keys(schema).some((keyword) => !row.keywords.includes(keyword)))
    throw new Error(`no check can be written for ${JSON.stringify(schema)}`);
  return row.write(schema, at, names);
}

function kindOf(schema: JsonSchema): string | undefined {
  for (const kind of ['anyOf', 'const', 'enum'] as const) if (schema[kind] !== undefined) return kind;
  if (schema.type === 'array' && Array.isArray(schema.items)) return 'tuple';
  return schema.patternProperties ? 'record' : schema.type;
}

function anyOf({ anyOf: schemas = [] }: JsonSchema, at: string, names: Names): string {
  return `(${schemas.map((schema) => `(${checkText(schema, at, names)})`).join(' || ')})`;
}

function text({ minLength, maxLength, pattern }: JsonSchema, at: string): string {
  const sized = call('isText', at, minLength, maxLength);
  return pattern === undefined ? sized : `${sized} && ${new RegExp(pattern, 'u')}.test(${at})`;
}

function number(name: string): Write {
  return ({ minimum, maximum }, at) => call(name, at, minimum, maximum);
}

function list({ items, minItems, maxItems }: JsonSchema, at: string, names: Names): string {
  return call('isList', `${at}, ${lambda(items as JsonSchema, names)}`, minItems, maxItems);
}

function tuple({ items, minItems }: JsonSchema, at: string, names: Names): string {
  const places = items as readonly JsonSchema[];
  if (minItems !== places.length) throw new Error('a tuple has all its places');
  return `isTuple(${at}, [${places.map((place) => lambda(place, names)).join(', ')}])`;
}

function record({ patternProperties = {} }: JsonSchema, at: string, names: Names): string {
  const [row, more] = Object.entries(patternProperties);
  if (!row || more) throw new Error('a record has one kind of key');
  return `isRecord(${at}, ${new RegExp(row[0], 'u')}, ${lambda(row[1], names)})`;
}

function object({ properties = {}, required = [] }: JsonSchema, at: string, names: Names): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const field = /^\w+$/.test(name) ? `${at}.${name}` : `${at}['${name}']`;
    if (Object.keys(schema).length === 0) return required.includes(name) ? `'${name}' in ${at}` : 'true';
    const check = checkText(schema, field, names);
    return required.includes(name) ? check : `(${field} === undefined || (${check}))`;
  });
  return [`isObject(${at})`, ...fields].join(' && ');
}

/** A function of one value, for each item of a list or a record. */
function lambda(schema: JsonSchema, names: Names): string {
  const named = names.get(JSON.stringify(schema));
  return named ? `is${named}` : `(item) => ${checkText(schema, 'item', names)}`;
}

/** Bounds that are not there are left out: the helpers know their defaults. A size is never below 0. */
function call(name: string, at: string, min: number | undefined, max: number | undefined): string {
  const bounds = max === undefined ? [min] : [min ?? (name === 'isText' || name === 'isList' ? 0 : 'undefined'), max];
  return `${name}(${[at, ...bounds].filter((part) => part !== undefined).join(', ')})`;
}

const literal = (value: unknown) => JSON.stringify(value);
