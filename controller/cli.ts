import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { askControl } from '#kit/control-socket.ts';
import { exitWith } from '#kit/lifetime.ts';

const usage = `What named operators do to a running kiosk. Each act is an entry of its journal; grave acts take two people.

  Blanko
    npm run kiosk -- load --count N --document NO --by A --by B          from the safe into the hopper (the very first load: one person)
    npm run kiosk -- unload --count N --document NO --by A --by B        from the hopper into the safe
    npm run kiosk -- count-hopper --count N --by A --by B                count first, then type; the books are shown afterwards
    npm run kiosk -- empty-box --complete N --partial N --blank N --by A --by B
    npm run kiosk -- destroy-spoiled --count N --document NO --by A --by B
  Cards that wait for people
    npm run kiosk -- waiting                                             held and doubtful cards, with their visit number
    npm run kiosk -- hand-over --visit SU1-0001-3 --by A --by B          this very card to its owner, identity checked
    npm run kiosk -- destroy --visit SU1-0001-3 --document NO --by A --by B
  Duty
    npm run kiosk -- open-duty --by OPERATOR --certificate ID            an officer is here
    npm run kiosk -- close-duty --by OPERATOR --certificate ID           nobody is here any more
    npm run kiosk -- print-owed --visit SU1-0001-3 --by OPERATOR         a paper that could not be printed in time
    npm run kiosk -- printer-seen --by OPERATOR --reason TEXT            the printer may go on after two spoiled cards

  --state DIR    the kiosk's state folder (default var/kiosk)
  --json         what came back, for scripts

OPERATOR, A and B are ids such as OP-DEWI, never names.
Exit codes: 0 done, 1 not done (one line says why).`;

const word = { type: 'string' } as const;
const options = {
  state: { type: 'string', default: 'var/kiosk' },
  by: { type: 'string', multiple: true },
  count: word,
  complete: word,
  partial: word,
  blank: word,
  document: word,
  certificate: word,
  reason: word,
  visit: word,
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command] = positionals;
  const { state, help, json, ...args } = values;
  if (help || !command) return say(usage);
  const value = await askControl(join(state, 'control.sock'), command, args);
  if (json) say(JSON.stringify(value));
  else show(value);
}

/** A list line by line, a table as `name: value`, and nothing as `done`. */
function show(value: unknown): void {
  if (Array.isArray(value) && value.length > 0) for (const row of value) show(row);
  else if (Array.isArray(value)) say('none');
  else say(value !== null && typeof value === 'object' ? tableLine(value) : 'done');
}

function tableLine(value: object): string {
  const parts = Object.entries(value).map(
    ([name, part]) => `${name}: ${typeof part === 'object' ? JSON.stringify(part) : String(part)}`,
  );
  return parts.join('  ');
}

main().catch((error: unknown) => exitWith(error));
