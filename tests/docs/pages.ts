import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filesGitLists } from '#tools/check/files.ts';

export const repo = fileURLToPath(new URL('../..', import.meta.url));

/** A page of documentation; the path is from the repository's root. */
export interface Page {
  path: string;
  text: string;
}

/** Every Markdown page that git would commit. */
export function allPages(): Page[] {
  return filesGitLists(repo)
    .filter((path) => path.endsWith('.md'))
    .map(page);
}

export function page(path: string): Page {
  return { path, text: readFileSync(`${repo}/${path}`, 'utf8') };
}

/** Pages that speak of the whole house, and so name files from the root. */
export function isHousePage({ path }: Page): boolean {
  return path.startsWith('docs/') || !path.includes('/');
}
