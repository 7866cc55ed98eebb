import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

const REPO = fileURLToPath(new URL('..', import.meta.url));
/** Folders with an index.html; each is built into its own dist/. */
export const pageFolders = ['kiosk-ui', 'central/console/page', 'cabinet/page'] as const;
/** What a page may be made of besides its own folder. A change here makes every page stale. */
const SHARED_SOURCES = ['contract', 'package-lock.json', 'tools/build-pages.ts'];
const STAMP = '.sources-sha256';

/**
 * Builds each page whose sources changed since it was last built, and leaves the others alone.
 * Says one line per page built, none when `quiet`. Rejects with Vite's own words when a page does not build.
 */
export async function buildPages({ quiet = false, repo = REPO }: { quiet?: boolean; repo?: string } = {}) {
  const built: string[] = [];
  for (const folder of pageFolders) {
    if (!existsSync(join(repo, folder, 'index.html'))) continue;
    const stamp = join(repo, folder, 'dist', STAMP);
    const sources = hashOfSources(repo, folder);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) continue;
    if (!quiet) process.stderr.write(`anjungan: building the page ${folder} ...\n`);
    await buildPage(repo, folder, sources);
    built.push(folder);
  }
  return built;
}

/** One configuration for all pages: no server, no plug-ins, nothing fetched from elsewhere. */
function pageConfig(root: string, outDir: string): InlineConfig {
  return {
    configFile: false,
    envDir: false,
    root,
    base: './', // the same page is served at / by the controller and framed by the cabinet
    publicDir: existsSync(join(root, 'public')) ? 'public' : false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext', // the one browser is Debian's current Chromium
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0, // the content security policy knows no data: URLs
    },
  };
}

/** Builds aside and swaps at the end, so that a server of the old page never serves half of the new one. */
async function buildPage(repo: string, folder: string, sources: string): Promise<void> {
  const { build } = await import('vite'); // heavy, and not needed when every page is current
  const aside = join(repo, 'var/pages', `${folder.replaceAll('/', '-')}-${process.pid}`);
  const dist = join(repo, folder, 'dist');
  await build(pageConfig(join(repo, folder), aside));
  writeFileSync(join(aside, STAMP), sources);
  swap(aside, dist);
}

/** Two processes may build the same page at once: whichever comes second replaces the first one's, which is the same. */
function swap(aside: string, dist: string): void {
  rmSync(dist, { recursive: true, force: true });
  try {
    renameSync(aside, dist);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw fault;
    swap(aside, dist);
  }
}

function hashOfSources(repo: string, folder: string): string {
  const hash = createHash('sha256');
  for (const file of [folder, ...SHARED_SOURCES].flatMap((source) => filesIn(join(repo, source)))) {
    hash
      .update(`${relative(repo, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** All files below `path` in a fixed order, without what a build made and without tests; the file itself if it is one. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return isTest(path) ? [] : [path];
  const names = readdirSync(path).filter((name) => name !== 'dist');
  return names.sort().flatMap((name) => filesIn(join(path, name)));
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
