import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSource, type Violation } from './architecture.ts';
import { codeOnDisk, filesGitLists, isCode } from './files.ts';
import { readSource } from './source-file.ts';
import { foldersWithoutReadme, holesInLock, hostsInLock, looseVersions, machinePaths, tooLong } from './tree.ts';

/** Checks every file of the repository against the rules of the house. `sources` is how many code files were parsed. */
export function checkHouse(repo: string): { violations: Violation[]; sources: number } {
  const listed = filesGitLists(repo);
  const seen = new Set(codeOnDisk(repo));
  const read = (path: string) => readFileSync(join(repo, path), 'utf8');
  const sources = listed.filter((path) => seen.has(path));
  const violations = [
    ...unseen(listed, seen),
    ...sources.flatMap((path) => checkCode(path, read(path))),
    ...listed.flatMap((path) => machinePaths(path, read(path))),
    ...foldersWithoutReadme(listed),
    ...listed.filter((path) => path === 'package-lock.json').flatMap((path) => checkLock(read(path))),
    ...listed.filter((path) => path === 'package.json').flatMap((path) => looseVersions(read(path))),
  ];
  return { violations, sources: sources.length };
}

/** A check that saw less than git lists would call a house clean that it never entered. */
export function unseen(listed: readonly string[], seen: ReadonlySet<string>): Violation[] {
  const missed = listed.filter((path) => isCode(path) && !seen.has(path));
  const about = { line: 1, rule: 'unseen', what: 'git lists it and the check did not see it' };
  return missed.map((path) => ({ path, ...about, because: 'an unseen file obeys no rule' }));
}

function checkLock(text: string): Violation[] {
  return [...hostsInLock(text), ...holesInLock(text)];
}

function checkCode(path: string, text: string): Violation[] {
  const length = tooLong(path, text);
  try {
    return [...length, ...checkSource(readSource(path, text))];
  } catch (fault) {
    const what = `does not parse: ${(fault as Error).message.split('\n')[0]}`;
    return [...length, { path, line: 1, rule: 'syntax', what, because: 'what cannot be read cannot be checked' }];
  }
}

export function describe({ path, line, rule, what, because }: Violation): string {
  return `${path}:${line} ${rule}: ${what} (${because})`;
}
