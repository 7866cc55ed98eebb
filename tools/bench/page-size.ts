import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure, Measure } from './figure.ts';
import { repo } from './processes.ts';

const dist = join(repo, 'kiosk-ui/dist');
interface Built {
  name: string;
  bytes: number;
  gzipped: number;
}

/** What a browser fetches of the kiosk's page, as built for the field. */
export const pageSize: Figure = {
  title: "the kiosk's page as the browser fetches it",
  async measure() {
    const files = builtFiles();
    const rows = files.map(({ name, bytes, gzipped }) => [name, bytes, gzipped]);
    return {
      measures: [sizeOf(files, '.js', 'page'), sizeOf(files, '.css', null)],
      details: [{ title: 'files', columns: ['file', 'bytes', 'gzipped'], rows }],
      notes: ['kB are thousands of bytes.'],
    };
  },
};

function builtFiles(): Built[] {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) !== '');
  const files = names
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ name, content: readFileSync(join(dist, name)) }));
  return files.map(({ name, content }) => ({ name, bytes: content.length, gzipped: gzipSync(content).length }));
}

function sizeOf(files: Built[], extension: string, aim: Measure['aim']): Measure {
  const found = files.filter(({ name }) => extname(name) === extension);
  const bytes = found.reduce((sum, { gzipped }) => sum + gzipped, 0);
  return { aim, what: `${extension.slice(1)} of the page, gzipped`, value: bytes / 1_000, unit: 'kB', runs: 1 };
}
