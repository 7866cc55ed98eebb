import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { isProblemCode, problems } from '#contract/problems/codes.ts';
import type { Page } from './pages.ts';

/** What stands between single backticks outside of code blocks. */
export function codeSpans(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');
}

/** Links to files and headings that are not there. Links to other places in the world are not followed. */
export function brokenLinks(page: Page, repo: string): string[] {
  const targets = [...page.text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target ?? '');
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !leadsSomewhere(page, target, repo))
    .map((target) => `${page.path}: ${target}`);
}

function leadsSomewhere(page: Page, target: string, repo: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = join(repo, path === '' ? page.path : join(dirname(page.path), path));
  if (!existsSync(file)) return false;
  return heading === undefined || headingsOf(readFileSync(file, 'utf8')).includes(heading);
}

/** As GitHub names them: small letters, no punctuation, dashes for spaces. */
function headingsOf(text: string): string[] {
  const lines = text.split('\n').filter((line) => /^#+ /.test(line));
  return lines.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

export interface Pointer {
  path: string;
  symbol: string | null;
}

/** `controller/jobs/job.ts#printCard`, `kit/store.ts`, `drivers/camera`: what names something of ours from the root. */
export function pointersIn(text: string, repo: string): Pointer[] {
  const rooms = readdirSync(repo, { withFileTypes: true }).filter((one) => one.isDirectory() && one.name !== 'var');
  return codeSpans(text).flatMap((span) => {
    const [, path = '', symbol] = /^([\w.-]+\/[\w./-]*)(?:#(\w+))?$/.exec(span) ?? [];
    const [room] = path.split('/');
    const isOurs = rooms.some(({ name }) => name === room) && !isProblemCode(span);
    return isOurs ? [{ path: normalize(path), symbol: symbol ?? null }] : [];
  });
}

/** Pointers to a path that is not there, or to a symbol that its file does not define. */
export function brokenPointers(page: Page, repo: string): string[] {
  return pointersIn(page.text, repo)
    .filter((pointer) => !isThere(pointer, repo))
    .map(({ path, symbol }) => `${page.path}: ${path}${symbol ? `#${symbol}` : ''}`);
}

function isThere({ path, symbol }: Pointer, repo: string): boolean {
  const file = join(repo, path);
  if (!existsSync(file)) return false;
  if (symbol === null) return true;
  return statSync(file).isFile() && definedIn(path, readFileSync(file, 'utf8')).includes(symbol);
}

interface Declared {
  type: string;
  id?: { name?: string } | null;
  declaration?: Declared | null;
  declarations?: Declared[];
}

/** The names that a source defines at its top level, exported or not. */
export function definedIn(path: string, source: string): string[] {
  if (path.endsWith('.sql')) return [...source.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name ?? '');
  const { body } = parseAst(source, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path) as unknown as {
    body: Declared[];
  };
  return body.flatMap(namesOf);
}

function namesOf(node: Declared): string[] {
  if (node.declaration) return namesOf(node.declaration);
  if (node.declarations) return node.declarations.flatMap(namesOf);
  return node.id?.name ? [node.id.name] : [];
}

const families = new Set(Object.keys(problems).map((code) => code.split('/')[0]));

/** Fault codes that the problem table does not have. A folder of the same shape, as `central/rights`, is none. */
export function unknownCodes(page: Page, repo: string): string[] {
  return codeSpans(page.text)
    .filter((span) => /^[a-z-]+\/[a-z-]+$/.test(span) && families.has(span.split('/')[0]))
    .filter((span) => !isProblemCode(span) && !existsSync(join(repo, span)))
    .map((span) => `${page.path}: ${span}`);
}

/** Words that a page quotes from a screen or a paper, between « and », and that no screen and no paper says. */
export function unsaidWords(page: Page, said: string): string[] {
  const quoted = [...page.text.matchAll(/«([^»]+)»/g)].map(([, words]) => words ?? '');
  return quoted
    .filter((words) => !words.split('…').every((piece) => said.includes(piece.trim())))
    .map((words) => `${page.path}: ${words}`);
}
