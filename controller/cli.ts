import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { askControl } from '#kit/control-socket.ts';
import { exitWith } from '#kit/lifetime.ts';

const usage = `What a named operator does to a running kiosk. Each act is an entry of its journal.

  npm run kiosk -- load --count N --document NO --by OPERATOR        blanko from the safe into the hopper
  npm run kiosk -- open-duty --by OPERATOR --certificate ID          an officer is here
  npm run kiosk -- close-duty --by OPERATOR --certificate ID         nobody is here any more
  npm run kiosk -- print-owed --visit SU1-0001-3 --by OPERATOR       a paper that could not be printed in time
  npm run kiosk -- printer-seen --by OPERATOR --reason TEXT          the printer may go on after two spoiled cards

  --state DIR    the kiosk's state folder (default var/kiosk)

Count the cards before you type the number. OPERATOR is an id such as OP-DEWI, never a name.
Exit codes: 0 done, 1 not done (one line says why).`;

const options = {
  state: { type: 'string', default: 'var/kiosk' },
  count: { type: 'string' },
  document: { type: 'string' },
  by: { type: 'string' },
  certificate: { type: 'string' },
  reason: { type: 'string' },
  visit: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command] = positionals;
  const { state, help, ...args } = values;
  if (help || !command) return void process.stdout.write(`${usage}\n`);
  await askControl(join(state, 'control.sock'), command, args);
  process.stdout.write('done\n');
}

main().catch((error: unknown) => exitWith(error));
