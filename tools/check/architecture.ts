import { posix } from 'node:path';
import { bannedGlobals, bannedModules, pureRooms } from './bans.ts';
import { packageHomes } from './package-homes.ts';
import { matchesAny } from './pattern.ts';
import { mayImport, roomOf, rooms } from './rooms.ts';
import type { Import, SourceFile } from './source-file.ts';

export type Violation = { path: string; line: number; rule: string; what: string; because: string };
type Finding = Omit<Violation, 'path' | 'line'>;

/** The one file that imports what its caller names: it runs scripts. */
const MAY_COMPUTE_IMPORTS = 'tools/bootstrap.mjs';

/** Everything one file does against the house's rules. Pure: the tables decide, no disk is touched. */
export function checkSource(source: SourceFile): Violation[] {
  const { path } = source;
  if (!roomOf(path))
    return [{ path, line: 1, rule: 'no-room', what: 'lives in no room', because: 'rooms.ts lists the house' }];
  const ofImports = source.imports.flatMap((one) =>
    checkImport(path, one).map((found) => ({ path, line: one.line, ...found })),
  );
  const ofUses = source.uses.flatMap(({ name, line }) =>
    checkUse(path, name).map((found) => ({ path, line, ...found })),
  );
  return [...ofImports, ...ofUses];
}

function checkImport(path: string, one: Import): Finding[] {
  const { specifier } = one;
  if (specifier === undefined) return path === MAY_COMPUTE_IMPORTS ? [] : [computed];
  if (specifier.startsWith('node:'))
    return [...checkBuiltIn(path, one, specifier), ...checkPurity(path, one, specifier)];
  if (specifier.startsWith('#')) return checkRoom(path, specifier.slice(1), one.typeOnly);
  if (specifier.startsWith('.')) return checkRelative(path, specifier, one.typeOnly);
  const purity = checkPurity(path, one, specifier);
  return purity.length > 0 ? purity : checkPackage(path, specifier);
}

const computed: Finding = {
  rule: 'computed-import',
  what: 'imports something that only a run can tell',
  because: 'these rules hold only for what they can see',
};

function checkRelative(path: string, specifier: string, typeOnly: boolean): Finding[] {
  const target = posix.join(posix.dirname(path), specifier);
  const wrongRoom = checkRoom(path, target, typeOnly);
  if (wrongRoom.length > 0 || !target.includes('/') || homeFolder(path) === homeFolder(target)) return wrongRoom;
  return [
    {
      rule: 'spelling',
      what: `write '#${target}' for '${specifier}'`,
      because: 'a cross-folder import shows where it goes',
    },
  ];
}

/** The folder inside which imports are relative: drivers have one for each device. */
function homeFolder(path: string): string {
  return path.split('/', path.startsWith('drivers/') ? 2 : 1).join('/');
}

function checkRoom(from: string, to: string, typeOnly: boolean): Finding[] {
  if (mayImport(from, to, typeOnly)) return [];
  const name = roomOf(from)?.name ?? 'tools';
  const needsTypes = !typeOnly && mayImport(from, to, true);
  const what = `${name} may not import ${to}${needsTypes ? ' other than by `import type`' : ''}`;
  return [{ rule: `room:${name}`, what, because: rooms[name].because }];
}

function checkBuiltIn(path: string, { typeOnly, names }: Import, specifier: string): Finding[] {
  const row = bannedModules.find(({ modules }) => modules.includes(specifier.slice('node:'.length)));
  if (!row || typeOnly || matchesAny(row.homes, path)) return [];
  const taken = names === 'all' ? ['all of it'] : names.filter((name) => !row.only.includes(name));
  return taken.map((name) => ({ rule: row.rule, what: `takes ${name} from ${specifier}`, because: row.because }));
}

function checkPurity(path: string, { typeOnly }: Import, specifier: string): Finding[] {
  if (typeOnly || isTest(path)) return [];
  const row = pureRooms.find(({ holds, modules }) => matchesAny(holds, path) && !matchesAny(modules, specifier));
  return row ? [{ rule: row.rule, what: `imports ${specifier}`, because: row.because }] : [];
}

function checkPackage(path: string, specifier: string): Finding[] {
  if (isTest(path)) return [];
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const row = packageHomes.find(({ packages }) => matchesAny(packages, name));
  if (!row)
    return [{ rule: 'homeless-package', what: `imports ${name}`, because: 'package-homes.ts names no home for it' }];
  if (matchesAny(row.homes, path)) return [];
  return [
    { rule: `home:${name}`, what: `imports ${name}, which lives in ${row.homes.join(', ')}`, because: row.because },
  ];
}

function checkUse(path: string, name: string): Finding[] {
  const row = bannedGlobals.find(({ names }) => names.includes(name));
  if (!row || matchesAny(row.homes, path)) return [];
  return [{ rule: row.rule, what: `uses ${name}`, because: row.because }];
}

function isTest(path: string): boolean {
  return roomOf(path)?.name === 'tests';
}
