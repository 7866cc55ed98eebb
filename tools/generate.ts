import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFiles } from './generate/checks.ts';

/** Writes what is made from the contract, and says which of it was not current. `--fingers` draws the demo citizens' fingers anew. */
const root = join(import.meta.dirname, '..');

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    const state = current(path) === text ? 'current' : 'written';
    mkdirSync(dirname(path), { recursive: true });
    if (state === 'written') writeFileSync(path, text);
    process.stdout.write(`${state}  ${name}\n`);
  }
}

write(checkFiles());
// Only now: the documents are made from code that loads the checks.
const { documents } = await import('./generate/documents.ts');
write(Object.fromEntries(Object.entries(documents()).map(([name, text]) => [`docs/contract/${name}`, text])));
const { recoveryPage } = await import('./generate/recovery.ts');
write({ 'docs/recovery/verdicts.md': recoveryPage() });
const { demoFingers } = await import('./generate/demo-fingers.ts');
const { demoFingersFile } = await import('./population/fingers.ts');
const isKept = !process.argv.includes('--fingers');
write({ [demoFingersFile]: await demoFingers(isKept ? JSON.parse(current(join(root, demoFingersFile)) ?? '{}') : {}) });
