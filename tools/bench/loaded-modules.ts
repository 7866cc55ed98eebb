import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import type { Detail } from './figure.ts';
import { repo } from './processes.ts';
import { type ThreePrograms, untilServing } from './three-programs.ts';

interface Loaded {
  /** Packages, and those of their entries that are measured apart. */
  packages: ReadonlySet<string>;
  detail: Detail;
}

const settleMs = 3_000;

/** Starts the controller once more with a note-taker before it, and says which packages it loaded until it idled. */
export async function loadedModules(programs: ThreePrograms, clock: Clock, file: string): Promise<Loaded> {
  const nodeOptions = ['--import', join(repo, 'tools/bench/note-modules.mjs')];
  const kiosk = await programs.startKiosk({ nodeOptions, env: { ANJUNGAN_NOTE_MODULES: file } });
  await untilServing(String(kiosk.ready.page), clock);
  await clock.sleep(settleMs);
  await kiosk.stop();
  return sorted(JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>);
}

function sorted(bytesByUrl: Record<string, number>): Loaded {
  const sums = new Map<string, { files: number; bytes: number }>();
  const packages = new Set<string>();
  for (const [url, bytes] of Object.entries(bytesByUrl)) {
    const name = packageOf(url);
    const sum = sums.get(name) ?? { files: 0, bytes: 0 };
    sums.set(name, { files: sum.files + 1, bytes: sum.bytes + bytes });
    packages.add(name);
    for (const entry of ['typebox/compile', 'zxing-wasm/reader']) if (isOf(entry, url)) packages.add(entry);
  }
  const rows = [...sums]
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(([name, { files, bytes }]) => [name, files, bytes / 1_000]);
  const columns = ['package', 'files', 'kB of source'];
  return { packages, detail: { title: 'what the idle controller has loaded', columns, rows: rows.slice(0, 20) } };
}

/** The innermost package of a file; files of the house are sorted by their first folder. */
function packageOf(url: string): string {
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return (
    inPackage ??
    `our ${
      url
        .slice(url.indexOf(repo) + repo.length)
        .split('/')
        .find((part) => part !== '') ?? ''
    }/`
  );
}

function isOf(entry: string, url: string): boolean {
  const [name = '', part = ''] = entry.split('/');
  return packageOf(url) === name && new RegExp(`/${part}/`).test(url);
}
