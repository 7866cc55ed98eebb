/** How a command ends. */
export const exitCodes = { done: 0, wrongUse: 64, unreadable: 66 } as const;

/** Asked for what does not exist. */
export class UsageError extends Error {
  readonly exitCode = exitCodes.wrongUse;
}

/** What was given to read cannot be read. */
export class InputError extends Error {
  readonly exitCode = exitCodes.unreadable;
}

export function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
