// Runs before a program (node --import): notes every file that is loaded as code, and writes the list when the program ends.
import { statSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const noted = {};

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) noted[url] = statSync(fileURLToPath(url)).size;
    return nextLoad(url, context);
  },
});

process.on('exit', () => writeFileSync(process.env.ANJUNGAN_NOTE_MODULES, JSON.stringify(noted)));
