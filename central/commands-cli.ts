import { authorityCli } from './commands/authority-cli.ts';
import type { CliCommand } from './commands/cli.ts';
import { leaseCli } from './commands/office-commands.ts';
import { registryCli } from './enrolment/cli.ts';
import { epochCli } from './epochs/cli.ts';
import { receiptCli } from './fleet/cli.ts';
import { fingerCli } from './fleet/finger-cli.ts';

/** All that can be typed after `npm run central --`, beside `serve`; each folder brings its own rows. */
export const cliCommands: readonly CliCommand[] = [
  ...registryCli,
  ...epochCli,
  ...leaseCli,
  ...authorityCli,
  ...receiptCli,
  ...fingerCli,
];
