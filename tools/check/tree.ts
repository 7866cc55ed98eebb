import { posix } from 'node:path';
import type { Violation } from './architecture.ts';

const EXACT = /^\d+\.\d+\.\d+$/;
const LONGEST_FILE_LINES = 400;
/** Folders of one person's or one machine's file system. */
const MACHINE_PATH = /(?<![\w.])\/(?:work|home|Users|root)\/[\w.-]+|\b[A-Z]:\\Users\\/;

/** Every folder of the first two levels says in a README what it is for. Folders whose name starts with a dot are settings. */
export function foldersWithoutReadme(paths: readonly string[]): Violation[] {
  const folders = new Set(paths.flatMap((path) => firstTwoFolders(path)));
  const silent = [...folders].filter((folder) => !paths.includes(`${folder}/README.md`));
  return silent.map((folder) =>
    violation(folder, 1, 'readme', 'has no README.md', 'every folder opens with five lines'),
  );
}

function firstTwoFolders(path: string): string[] {
  const [first, second] = posix.dirname(path).split('/');
  if (first === undefined || first.startsWith('.')) return [];
  return second === undefined ? [first] : [first, `${first}/${second}`];
}

export function tooLong(path: string, text: string): Violation[] {
  const lines = text.split('\n').length - 1;
  if (lines <= LONGEST_FILE_LINES) return [];
  return [violation(path, lines, 'length', `has ${lines} lines`, `more than ${LONGEST_FILE_LINES} are two ideas`)];
}

/** A path that exists on one machine only. Anything that is not text is passed over. */
export function machinePaths(path: string, text: string): Violation[] {
  if (text.includes('\0')) return [];
  return text.split('\n').flatMap((line, index) => {
    const found = MACHINE_PATH.exec(line);
    return found
      ? [violation(path, index + 1, 'machine-path', `names ${found[0]}`, 'it exists on one machine only')]
      : [];
  });
}

type Locked = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> };
type Lock = { packages: Record<string, Locked> };
type Manifest = Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string> | undefined>;

/** The lock file names contents (by hash), not hosts: a mirror must do as well. */
export function hostsInLock(text: string): Violation[] {
  const lock = JSON.parse(text) as Lock;
  const hosts = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
  return hosts.map(([name]) =>
    violation('package-lock.json', 1, 'lock-host', `${name} has "resolved"`, 'a mirror must do'),
  );
}

/**
 * Packages for other platforms that somebody's registry did not offer when the lock file was written. `npm install` shrugs
 * at that; `npm ci` refuses the lock file, on every machine.
 */
export function holesInLock(text: string): Violation[] {
  const { packages } = JSON.parse(text) as Lock;
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies).map(([name, range]) => ({ path, name, range })),
  );
  const holes = wanted.filter(({ path, name, range }) => !fits(nearest(packages, path, name), range));
  const what = ({ name, range }: { name: string; range: string }) => `${name} ${range} has no entry`;
  return holes.map((one) => violation('package-lock.json', 1, 'lock-hole', what(one), 'npm ci refuses the file'));
}

/** The package of that name which `path` would load: in its own node_modules, or in the nearest around it. */
function nearest(packages: Lock['packages'], path: string, name: string): Locked | undefined {
  const own = packages[path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`];
  if (own || path === '') return own;
  return nearest(packages, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
}

/** Only exact versions are compared: for a range, npm's own choice stands. */
function fits(found: Locked | undefined, range: string): boolean {
  return found !== undefined && (!EXACT.test(range) || found.version === range);
}

export function looseVersions(text: string): Violation[] {
  const manifest = JSON.parse(text) as Manifest;
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const loose = all.filter(([, version]) => !EXACT.test(version));
  const what = ([name, version]: [string, string]) => `${name} is "${version}"`;
  return loose.map((one) => violation('package.json', 1, 'loose-version', what(one), 'two installs must be the same'));
}

function violation(path: string, line: number, rule: string, what: string, because: string): Violation {
  return { path, line, rule, what, because };
}
