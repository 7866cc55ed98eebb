import type { Violation } from './search.ts';

/** A promise that is known to be broken: by which event, and what the oracle says then. It leaves this list with its cure. */
export interface OpenFinding {
  fault: RegExp;
  says: RegExp;
  what: string;
}

export const openFindings: readonly OpenFinding[] = [
  {
    fault: /rejects the card$/,
    says: /^3 blanks: .*"box":1,"hands":-1/,
    what: 'a printer that drops the card into the box by itself, after presenting was written: booked as issued',
  },
  {
    fault: /foreign card/,
    says: /^3 blanks: .*"box":-1,"hands":1/,
    what: 'a foreign card in the slot is taken for the one that was presented: booked as retained while the citizen has it',
  },
];

/** The open finding that this violation is, whole; null where it is a new one. */
export function known({ steps, faults }: Violation): OpenFinding | null {
  const fault = steps.at(-1)?.fault ?? '';
  return openFindings.find((one) => one.fault.test(fault) && faults.every((said) => one.says.test(said))) ?? null;
}
