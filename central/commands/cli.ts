import type { ParseArgsOptionsConfig } from 'node:util';
import type { Central } from '#central/central.ts';
import type { Registrar } from '#central/enrolment/enrolment.ts';
import type { Clock } from '#kit/clock.ts';
import type { Random } from '#kit/random.ts';
import type { Sealer } from '#kit/sealer.ts';
import type { Store } from '#kit/store.ts';

/** The options as they were typed; `by` is a list. */
export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** One command line: what follows the command's name, and the ways to answer. */
export interface Call {
  values: Values;
  positionals: readonly string[];
  /** Asks the running office through its control socket; rejects with one line that says why not. */
  ask(command: string, args: Record<string, unknown>): Promise<unknown>;
  /** Reads a file that was named; throws one line where it is not there or is no JSON. */
  readJson(path: string): unknown;
  say(line: string): void;
  /** The exit code, where something was answered and it was not what was hoped for. */
  exits(code: number): void;
}

/** In the state folder: what a running office is asked through. */
export const controlSocketName = 'control.sock';

/** One row of `central --help`. It throws an Error with one line where it is not done (exit code 1). */
export interface CliCommand {
  name: string;
  /** As it stands in the help: the line to type, and below it, indented by 48, what it does. */
  usage: string;
  /** Options beside the common ones (`--state`, `--by`, `--reason`, `--json`, `--out`, ...). */
  options?: ParseArgsOptionsConfig;
  run(call: Call): Promise<void>;
}

/** What the running office lends to a command. */
export interface OfficeRoom {
  store: Store;
  clock: Clock;
  random: Random;
  sealer: Sealer;
  lookupKey: Uint8Array;
  registrar: Registrar;
  central: Pick<Central, 'sayPresent' | 'sendCommands' | 'changed'>;
  /** Ends a kiosk's live connection: a new password alone would leave it connected. */
  disconnect(kiosk: string): void;
}

/** What the running office does when it is asked by this name. */
export type OfficeCommand = (room: OfficeRoom, args: Record<string, unknown>) => unknown;
