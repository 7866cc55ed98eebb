import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NEVER_OURS = new Set(['.git', 'node_modules', 'var', 'dist']);
const CODE = /\.[mc]?[jt]sx?$/;

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** What git would commit: tracked files, and new ones that nothing ignores; without those deleted on disk. */
export function filesGitLists(repo: string): string[] {
  // safe.directory: a build server's clone often belongs to somebody else than who runs the check
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: repo, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const paths = [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(repo, path)));
  return paths.sort();
}

/** The code files found by looking at the disk, so that git's list and ours can contradict each other. */
export function codeOnDisk(repo: string, folder = ''): string[] {
  const entries = readdirSync(join(repo, folder), { withFileTypes: true }).filter(({ name }) => !NEVER_OURS.has(name));
  return entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return codeOnDisk(repo, path);
    return isCode(path) ? [path] : [];
  });
}
