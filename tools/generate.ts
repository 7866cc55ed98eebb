import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from './generate/documents.ts';

/** Writes the documents of the contract, and says which of them were not current. */
const folder = join(import.meta.dirname, '../docs/contract');

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(documents())) {
  const path = join(folder, name);
  const state = current(path) === text ? 'current' : 'written';
  if (state === 'written') writeFileSync(path, text);
  process.stdout.write(`${state}  docs/contract/${name}\n`);
}
