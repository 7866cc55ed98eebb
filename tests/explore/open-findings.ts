import type { Violation } from './seed.ts';

/** A promise that is known to be broken: in which story, by which event, and what the oracle says then. It leaves this list with its cure. */
export interface OpenFinding {
  scenario: RegExp;
  /** The last event; empty where the story alone shows it. */
  fault: RegExp;
  says: RegExp;
  what: string;
}

/** None today. */
export const openFindings: readonly OpenFinding[] = [];

/** The open finding that this violation is, whole; null where it is a new one. */
export function known({ scenario, steps, faults }: Violation): OpenFinding | null {
  const fault = steps.at(-1)?.fault ?? '';
  const isIt = (one: OpenFinding) =>
    one.scenario.test(scenario) && one.fault.test(fault) && faults.every((said) => one.says.test(said));
  return openFindings.find(isIt) ?? null;
}
