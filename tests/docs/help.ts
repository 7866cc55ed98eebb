import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from './pages.ts';

/** A command as a page tells people to type it. */
export interface Spoken {
  page: string;
  /** The name of the script in package.json. */
  script: string;
  /** The word after `--`, as in `npm run kiosk -- load`. */
  word: string | null;
  options: string[];
}

export function commandsIn({ path, text }: Page): Spoken[] {
  return [...text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z][\w-]*)([^`\n|]*)/g)].map(
    ([, script = '', rest = '']) => ({
      page: path,
      script,
      word: / -- +([a-z][a-z-]*)/.exec(rest)?.[1] ?? null,
      options: [...rest.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, option]) => option ?? ''),
    }),
  );
}

/** What nobody could type: a script that is not there, a word or an option that the command's own help does not know. */
export function untypable(spoken: readonly Spoken[], repo: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const helps = new Map<string, string>();
  const helpOf = (script: string) => {
    const file = scripts[script]?.split(' ').at(-1) ?? '';
    const known = helps.get(script) ?? askHelp(join(repo, file));
    helps.set(script, known);
    return known;
  };
  return spoken.flatMap(({ page, script, word, options }) => {
    if (!scripts[script]) return [`${page}: npm run ${script}`];
    if (script === 'test') return []; // its words and options are vitest's
    const wanted = [...(word ? [word] : []), ...options];
    const unknown = wanted.filter((one) => !saysWord(helpOf(script), one));
    return unknown.map((one) => `${page}: npm run ${script} -- ${one}`);
  });
}

function askHelp(file: string): string {
  if (!existsSync(file)) return '';
  return execFileSync(process.execPath, [file, '--help'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function saysWord(help: string, word: string): boolean {
  return help.split(/[^\w-]+/).includes(word);
}
