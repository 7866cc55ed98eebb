import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { askControl } from '#kit/control-socket.ts';
import { controlSocketName, type Values } from './commands/cli.ts';
import { cliCommands } from './commands-cli.ts';

const usage = `The central office.

  npm run central -- serve                      broker, intake, rights and console in one process
${cliCommands.map((row) => `  npm run central -- ${row.usage}`).join('\n')}

  --state DIR      where the office lives (default var/central)
  --host ADDRESS   where broker and console listen (default 127.0.0.1)
  --port N         of the broker; 0 = any (default 1883)
  --broker URL     a broker outside, mqtt://HOST:PORT, instead of the one inside
  --console-port N of the console; 0 = any (default 8081)
  --grants FILE    the log of grants, on a second medium (default grants.jsonl in the state folder)
  --by OPERATOR    who answers for it: an operator id; two different ones where it says --by A --by B
  --reason TEXT    why: kept with who and when

All commands but serve and restore talk to a running office through a socket that only its owner may open.
Exit codes: 0 done, 1 not done (one line says why), 3 an import in which rows were refused.`;

const options: ParseArgsOptionsConfig = {
  state: { type: 'string', default: 'var/central' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '1883' },
  broker: { type: 'string' },
  'console-port': { type: 'string', default: '8081' },
  grants: { type: 'string' },
  out: { type: 'string' },
  number: { type: 'string', multiple: true },
  by: { type: 'string', multiple: true },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  ...Object.assign({}, ...cliCommands.map((row) => row.options ?? {})),
};

/** Ids and hashes may begin with a dash; here only `--name` of a known option is an option. */
const dash = '\0';
const hide = (receipt: boolean) => (word: string) => (/^-[^-]/.test(word) || isId(word, receipt) ? dash + word : word);
const isId = (word: string, receipt: boolean) =>
  /^--[\w-]{2,}$/.test(word) && (word.length > 40 || receipt) && !Object.hasOwn(options, word.slice(2));
const shown = <T>(word: T) => (typeof word === 'string' ? word.replace(dash, '') : word);
function readArguments(typed: readonly string[]): { values: Values; positionals: string[] } {
  const args = typed.map(hide(typed[0] === 'verify-receipt'));
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(shown) : shown(value),
  ]);
  return { values: Object.fromEntries(entries) as Values, positionals: positionals.map(shown) };
}
const readJson = (path: string): unknown => {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} cannot be read as JSON`, { cause });
  }
};

/** Where a line's answer goes, and what opens the office itself. */
export interface Terminal {
  say(line: string): void;
  /** The exit code, where it is not 0 though something was said. */
  exits(code: number): void;
  serve(values: Values): Promise<void>;
}

/** Does what was typed after `npm run central --`. Rejects with one line where it was not done. */
export async function runLine(typed: readonly string[], { say, exits, serve }: Terminal): Promise<void> {
  const { values, positionals } = readArguments(typed);
  const [command = 'help', ...rest] = positionals;
  if (values.help || command === 'help') return say(usage);
  if (command === 'serve') return serve(values);
  const row = cliCommands.find(({ name }) => name === command);
  if (!row) throw new Error(`no such command: ${command}; --help lists them`);
  const socket = join(String(values.state), controlSocketName);
  const ask = (name: string, args: Record<string, unknown>) => askControl(socket, name, args);
  await row.run({ values, positionals: rest, ask, readJson, say, exits });
}
