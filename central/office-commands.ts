import { authorityCommands } from './commands/authority-commands.ts';
import type { OfficeCommand } from './commands/cli.ts';
import { leaseCommands } from './commands/office-commands.ts';
import { registryCommands } from './enrolment/office-commands.ts';
import { epochCommands } from './epochs/office-commands.ts';
import { receiptCommands } from './fleet/cli.ts';
import { fingerCommands } from './fleet/finger-cli.ts';

/** All that a running office does when it is asked through its control socket, by name. */
export const officeCommands: Readonly<Record<string, OfficeCommand>> = {
  ...registryCommands,
  ...epochCommands,
  ...leaseCommands,
  ...authorityCommands,
  ...receiptCommands,
  ...fingerCommands,
};
