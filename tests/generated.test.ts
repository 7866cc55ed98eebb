import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { entryTypes } from '#contract/uplink/entries.ts';
import { topics } from '#contract/uplink/topics.ts';
import { filesGitLists } from '#tools/check/files.ts';
import { checkFiles, schemaFiles } from '#tools/generate/checks.ts';
import { documents } from '#tools/generate/documents.ts';

const root = `${import.meta.dirname}/..`;
const folder = `${root}/docs/contract`;
const made = documents();
const checks = checkFiles();

test.each(Object.keys(made))('docs/contract/%s is what `npm run generate` makes now', (name) => {
  expect(readFileSync(`${folder}/${name}`, 'utf8')).toBe(made[name]);
});

test('nothing lies there that nobody makes', () => {
  expect(readdirSync(folder).sort()).toEqual([...Object.keys(made), 'README.md'].sort());
});

test.each(Object.keys(checks))('%s is what `npm run generate` makes now', (path) => {
  expect(readFileSync(`${root}/${path}`, 'utf8')).toBe(checks[path]);
});

test('every schema file has its checks, and no checks lie there without a schema', () => {
  const files = filesGitLists(root);
  const stems = Object.keys(schemaFiles).sort();
  expect(files.filter((path) => path.endsWith('.schema.ts')).sort()).toEqual(stems.map((stem) => `${stem}.schema.ts`));
  expect(files.filter((path) => path.includes('.generated.')).sort()).toEqual(Object.keys(checks).sort());
});

test('every reference inside the AsyncAPI document leads somewhere', () => {
  const document = JSON.parse(made['asyncapi.json'] ?? '') as object;
  const refs = [...(made['asyncapi.json'] ?? '').matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(refs.length).toBeGreaterThan(3 * Object.keys(topics).length);
  for (const path of refs) {
    const target = path
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(target, path).toBeTypeOf('object');
  }
});

test('every topic has a channel, and an operation or stands as a reply', () => {
  const { channels, operations } = JSON.parse(made['asyncapi.json'] ?? '') as Record<string, Record<string, object>>;
  expect(Object.keys(channels ?? {})).toEqual(Object.keys(topics));
  for (const name of Object.keys(topics)) expect(JSON.stringify(operations)).toContain(`"#/channels/${name}"`);
});

test('every entry type has its schema', () => {
  const { $defs, oneOf } = JSON.parse(made['entries.schema.json'] ?? '') as { $defs: object; oneOf: object[] };
  expect(Object.keys($defs)).toEqual(entryTypes);
  expect(oneOf).toHaveLength(entryTypes.length);
});
