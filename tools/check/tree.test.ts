import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkHouse, unseen } from './house.ts';
import { foldersWithoutReadme, holesInLock, hostsInLock, looseVersions, machinePaths, tooLong } from './tree.ts';

let repo: string;
beforeEach(() => {
  repo = mkdtempSync(join(tmpdir(), 'house-'));
  execFileSync('git', ['init', '--quiet', repo]);
});
afterEach(() => rmSync(repo, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(repo, path)), { recursive: true });
  writeFileSync(join(repo, path), text);
}
const rulesBroken = () => checkHouse(repo).violations.map(({ rule, path }) => `${rule} ${path}`);

test('a tidy house passes, and says how many files it looked into', () => {
  put('kit/README.md', '# kit\n');
  put('kit/clock.ts', 'export const one = 1;\n');
  expect(checkHouse(repo)).toEqual({ violations: [], sources: 1 });
});

test('a new file is checked before it is committed, and an ignored one never', () => {
  put('.gitignore', 'made/\n');
  put('made/kit.ts', 'new Date();');
  put('kit/README.md', '# kit\n');
  put('central/README.md', '# central\n');
  put('central/new.ts', 'new Date();');
  expect(rulesBroken()).toEqual(['ambient-time central/new.ts']);
});

test('a file that does not parse is reported with its name', () => {
  put('kit/README.md', '# kit\n');
  put('kit/broken.ts', 'import { from');
  expect(rulesBroken()).toEqual(['syntax kit/broken.ts']);
});

test('a code file that git lists and the check did not see fails the check', () => {
  expect(unseen(['kit/a.ts', 'kit/b.tsx', 'kit/README.md'], new Set(['kit/a.ts'])).map(({ path }) => path)).toEqual([
    'kit/b.tsx',
  ]);
});

test('a file committed inside a folder of build products is seen missing', () => {
  put('kit/README.md', '# kit\n');
  put('kit/dist/made.ts', 'export {};');
  expect(rulesBroken()).toEqual(['unseen kit/dist/made.ts', 'readme kit/dist']);
});

test('a folder of the first two levels without a README is named', () => {
  const paths = ['a/README.md', 'a/b/c/d.ts', 'e/f.ts', '.ci/run', 'package.json'];
  expect(foldersWithoutReadme(paths).map(({ path }) => path)).toEqual(['a/b', 'e']);
});

test('401 lines are too many, 400 are not', () => {
  expect(tooLong('a.ts', '\n'.repeat(401))).toHaveLength(1);
  expect(tooLong('a.ts', '\n'.repeat(400))).toEqual([]);
});

test('a path of one machine is found, a path of every kiosk or of a web address is not', () => {
  const home = ['', 'home', 'siti', 'kiosk'].join('/');
  expect(machinePaths('a.md', `first\nsee ${home}`).map(({ line }) => line)).toEqual([2]);
  expect(machinePaths('a.md', 'lies in /var/lib/anjungan, see example.org/home/page and ./work/x')).toEqual([]);
});

test('the lock file names no host, and package.json no version range', () => {
  expect(hostsInLock('{"packages":{"":{},"node_modules/a":{"integrity":"sha512-x"}}}')).toEqual([]);
  expect(hostsInLock('{"packages":{"node_modules/a":{"resolved":"https://example.org/a.tgz"}}}')).toHaveLength(1);
  expect(looseVersions('{"dependencies":{"a":"1.2.3"},"devDependencies":{"b":"^1.2.3"}}')).toHaveLength(1);
});

test('the lock file has an entry for each platform, also for those that nobody here installs', () => {
  const lock = (packages: object) => holesInLock(JSON.stringify({ packages })).map(({ what }) => what);
  const tool = { optionalDependencies: { 'tool-arm64': '1.2.3' } };
  expect(lock({ 'node_modules/tool': tool })).toEqual(['tool-arm64 1.2.3 has no entry']);
  expect(lock({ 'node_modules/tool': tool, 'node_modules/tool-arm64': { version: '1.1.0' } })).toHaveLength(1);
  expect(lock({ 'node_modules/tool': tool, 'node_modules/tool-arm64': { version: '1.2.3' } })).toEqual([]);
  const nested = {
    'node_modules/a/node_modules/tool': tool,
    'node_modules/a/node_modules/tool-arm64': { version: '1.2.3' },
  };
  expect(lock({ ...nested, 'node_modules/tool-arm64': { version: '1.1.0' } })).toEqual([]);
});
