import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from './pages.ts';

/** A command as a page tells people to type it. */
export interface Spoken {
  page: string;
  /** The name of the script in package.json, or the source that node is told to run. */
  script: string;
  /** The word after `--`, as in `npm run kiosk -- load`. */
  word: string | null;
  options: string[];
}

const byNpm = /\bnpm (?:run )?(start|test|(?<=run )[a-z][\w-]*)([^`\n|]*)/g;
const byNode = /\bnode ([\w./-]+\.ts)([^`\n|]*)/g;

export function commandsIn({ path, text }: Page): Spoken[] {
  return [...text.matchAll(byNpm), ...text.matchAll(byNode)].map(([, script = '', rest = '']) => ({
    page: path,
    script,
    word: / -- +([a-z][a-z-]*)/.exec(rest)?.[1] ?? null,
    options: [...rest.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, option]) => option ?? ''),
  }));
}

export type Untypable = (spoken: readonly Spoken[]) => string[];

/**
 * Gives a reader of commands that tells what nobody could type: a script that is not there, a word or an option that the
 * command's own help does not know. Each command is asked for its help once.
 */
export function openHelp(repo: string): Untypable {
  const { scripts } = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const helps = new Map<string, string>();
  const helpOf = (file: string) => {
    const known = helps.get(file) ?? askHelp(file);
    helps.set(file, known);
    return known;
  };
  const fileOf = ({ page, script }: Spoken): string | undefined => {
    const source = scripts[script]?.split(' ').at(-1) ?? script;
    return [join(repo, source), join(repo, dirname(page), source)].find((file) => existsSync(file));
  };
  const wrongIn = (one: Spoken): string[] => {
    const { page, script, word, options } = one;
    const file = fileOf(one);
    if (!file) return [`${page}: ${script}`];
    if (script === 'test') return []; // its words and options are vitest's
    const wanted = [...(word ? [word] : []), ...options].filter((name) => name !== '--help');
    return wanted.filter((name) => !saysWord(helpOf(file), name)).map((name) => `${page}: ${script} ${name}`);
  };
  return (spoken) => spoken.flatMap(wrongIn);
}

function askHelp(file: string): string {
  return execFileSync(process.execPath, [file, '--help'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function saysWord(help: string, word: string): boolean {
  return help.split(/[^\w-]+/).includes(word);
}
