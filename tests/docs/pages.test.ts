import { expect, test } from 'vitest';
import { brokenLinks, brokenPointers, unknownCodes } from './claims.ts';
import { commandsIn, openHelp } from './help.ts';
import { allPages, isHousePage, repo } from './pages.ts';

const pages = allPages();
const house = pages.filter(isHousePage);
const untypable = openHelp(repo);

test('there are pages to look at', () => {
  expect(pages.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/tour.md', 'docs/glossary.md', 'docs/security.md']),
  );
});

test('every link leads to a file and a heading that are there', () => {
  expect(pages.flatMap((page) => brokenLinks(page, repo))).toEqual([]);
});

test('every path and symbol that a page names is there', () => {
  expect(house.flatMap((page) => brokenPointers(page, repo))).toEqual([]);
});

test('every fault code that a page names stands in the problem table', () => {
  expect(house.flatMap((page) => unknownCodes(page, repo))).toEqual([]);
});

test('every command can be typed as it is written', () => {
  const spoken = pages.flatMap(commandsIn);
  expect(spoken.length).toBeGreaterThan(20);
  expect(untypable(spoken)).toEqual([]);
});

test('every decision has its number, and says why and what follows', () => {
  const decisions = pages.filter(({ path }) => /^docs\/decisions\/\d/.test(path));
  const index = pages.find(({ path }) => path === 'docs/decisions/README.md')?.text ?? '';
  expect(decisions.length).toBeGreaterThan(10);
  for (const [at, { path, text }] of decisions.entries()) {
    expect(path).toMatch(new RegExp(`/${String(at + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    expect(index).toContain(path.split('/').at(-1));
    for (const part of ['## Context', '## Decision', '## Consequences']) expect(text, path).toContain(part);
  }
});

test('a page that lies is caught', () => {
  const lie = (text: string) => ({ path: 'docs/lie.md', text });
  expect(brokenLinks(lie('[a](tour.md) [b](../README.md) [c](nowhere.md) [d](https://example.org)'), repo)).toEqual([
    'docs/lie.md: nowhere.md',
  ]);
  expect(brokenLinks(lie('[a](contract/README.md#docscontract) [b](tour.md#no-such-stop)'), repo)).toEqual([
    'docs/lie.md: tour.md#no-such-stop',
  ]);
  expect(unknownCodes(lie('`panel/door-open`, `panel/door-ajar`, `central/rights`'), repo)).toEqual([
    'docs/lie.md: panel/door-ajar',
  ]);
});

test('a command that nobody can type is caught', () => {
  const typed = (text: string) => untypable(commandsIn({ path: 'docs/lie.md', text }));
  expect(typed('`npm start`, `npm test -- kit/store`, `npm run pickup -- --citizen FIRST-01 --out DIR`')).toEqual([]);
  expect(typed('`npm run fly`')).toEqual(['docs/lie.md: fly']);
  expect(typed('`npm run kiosk -- load --count 5 --colour red`')).toEqual(['docs/lie.md: kiosk --colour']);
  expect(typed('`node controller/fly.ts`, `node controller/main.ts --wings 2`')).toEqual([
    'docs/lie.md: controller/fly.ts',
    'docs/lie.md: controller/main.ts --wings',
  ]);
  expect(typed('`npm run kiosk -- conjure --by OP-1`')).toEqual(['docs/lie.md: kiosk conjure']);
});
