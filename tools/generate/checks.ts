import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import * as bodies from '#central/console/bodies.schema.ts';
import * as taps from '#contract/screen/taps.schema.ts';
import * as enrolment from '#contract/uplink/enrolment.schema.ts';
import * as entries from '#contract/uplink/entries.schema.ts';
import * as messages from '#contract/uplink/messages.schema.ts';
import * as record from '#contract/uplink/record.schema.ts';
import * as cabinetFile from '#controller/devices/cabinet-file.schema.ts';
import { checkText, type JsonSchema } from './check-text.ts';

/** What a schema file exports: schemas, and tables of schemas. */
type SchemaFile = Readonly<Record<string, object>>;

/** Every schema file: its path from the root, without `.schema.ts`. */
export const schemaFiles: Readonly<Record<string, SchemaFile>> = {
  'contract/uplink/entries': entries,
  'contract/uplink/messages': messages,
  'contract/uplink/record': record,
  'contract/uplink/enrolment': enrolment,
  'contract/screen/taps': taps,
  'controller/devices/cabinet-file': cabinetFile,
  'central/console/bodies': bodies,
};

/** The plain functions that check what the schemas say, without TypeBox: path from the root -> text. */
export function checkFiles(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schemaFiles).map(([stem, file]) => {
      const path = `${stem}.generated.ts`;
      return [path, formatted(path, checksOf(`${basename(stem)}.schema.ts`, file))];
    }),
  );
}

/** `export const Evt` becomes `isEvt`; the table `entryDataSchemas` becomes the table `entryDataChecks`. */
function checksOf(source: string, file: SchemaFile): string {
  const parts = Object.entries(file).sort(([one], [other]) => (one < other ? -1 : 1)); // a loader may order them otherwise
  const types = parts.filter(([name]) => isType(name));
  const tables = parts.filter(([name]) => !isType(name));
  const names = new Map(types.map(([name, schema]) => [JSON.stringify(schema), name]));
  const checks = [
    ...types.map(([name, schema]) => checkOf(name, schema, names)),
    ...tables.map(([name, table]) => tableOf(name, { ...table }, names)), // a row may be one of the checks above it
  ];
  const typeNames = types.map(([name]) => name);
  return [
    `// Made from ${source} by \`npm run generate\`. Do not edit.`,
    `import { ${helpersIn(checks.join(), typeNames).join(', ')} } from '#contract/plain-checks.ts';`,
    `import type { ${typeNames.join(', ')} } from './${source}';`,
    ...checks.map((check) => `\n${check}`),
  ].join('\n');
}

/** The helpers that are called: `isText(`, but not `isEvt(`, which stands in the same file. */
function helpersIn(text: string, typeNames: readonly string[]): string[] {
  const called = [...text.matchAll(/\bis([A-Z]\w*)\(/g)].map(([, name = '']) => name);
  return [...new Set(called)].filter((name) => !typeNames.includes(name)).map((name) => `is${name}`);
}

type Names = ReadonlyMap<string, string>;

function checkOf(name: string, schema: JsonSchema, names: Names): string {
  const others = new Map([...names].filter(([, other]) => other !== name));
  return `export const is${name} = (value: unknown): value is ${name} => ${checkText(schema, 'value', others)};`;
}

function tableOf(name: string, schemas: Record<string, JsonSchema>, names: Names): string {
  const rows = Object.entries(schemas).map(([key, schema]) => {
    const named = names.get(JSON.stringify(schema));
    return `'${key}': ${named ? `is${named}` : `(value: unknown) => ${checkText(schema, 'value', names)}`},`;
  });
  return `export const ${name.replace(/Schemas$/, 'Checks')} = {\n${rows.join('\n')}\n};`;
}

const isType = (name: string) => /^[A-Z]/.test(name);

/** Laid out as every other file of the house: a person reads it when a message is refused. */
function formatted(path: string, text: string): string {
  const root = join(import.meta.dirname, '../..');
  const biome = join(root, 'node_modules/.bin/biome');
  const arrange = ['check', '--write', `--stdin-file-path=${path}`];
  return execFileSync(biome, arrange, { input: text, cwd: root, encoding: 'utf8' });
}
